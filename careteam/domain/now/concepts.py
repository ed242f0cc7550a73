"""Lay words for red flags: data.

One concept is one thing that may be wrong; the general list and several pathways may each word a
flag for it, named here by id. A pattern is met when every group of it (between blanks) has one
of its stems (between "|") among the words said, after the rewriting in `words`: "cant" is any
way of not being able, "saddle" the genitals and back passage, "belly" the abdomen. Stems of up
to three letters, and those marked "=", are whole words. A line that ends in "|" goes on below.

These are words to find an action by, not a test for a disease: a pattern too many shows an
action too many, a pattern too few may hide one.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Concept:
    """What may be wrong in plain words, where, which flags say so, and how people say it.

    Of flags that are equally urgent the first named is the one to show.
    """

    label: str
    parts: tuple[str, ...]
    flags: tuple[str, ...]
    patterns: tuple[str, ...]


_TABLE = """
# Life itself
Life in danger | whole head chest | mt_life
unconscious|unrespons|lifeless ; not respond|wak|breath|rous|moving ; stopped breath ; choking
no|without pulse ; fit having|now|stop|still|going|minutes ; seizure|convuls now|stop|still|minutes
bleed stop|heav|pour|gush|spurt|lots ; blood pour|gush|spurt|everywhere ; drown ; electrocut
floppy|limp|blue baby|child|infant|toddler ; turned|gone|going blue
# Chest and breathing
Heart | chest | cardiac mt_cardiac
chest pain|tight|pressure|heav|crush|squeez|band|discomfort ; pain arm jaw
left arm pain|heav|numb ; jaw pain|tight sweat|breathless|exert|effort|exercis
faint exercis|effort|run|running|exert|gym ; palpitation|=racing|flutter heart|faint|dizz|lighthead
heart racing|pounding|flutter|palpit ; breathless rest|still|lying ; elephant chest ; angina
faint
Clot in the lung | chest | pe mt_pe
sudden breathless ; breathless ; cant breath ; pain breath ; cough blood ; blood sputum|phlegm
breath catch|stab|sharp ; fighting breath
Collapsed lung after needling | chest treatment | mt_needle
needl|acupunct|dry breathless|chest|breath ; needle lung
# Circulation, legs and arms
Clot in a limb | leg arm | dvt mt_dvt
calf|calves|leg|thigh|arm|limb|ankle swol|swell|puff|bigger|discolo|warm|hot
calf|calves pain|tender|cramp|tight|red|warm|hot|hard ; leg|arm red|purple|blue|throb
swol|swell flight|plane|surgery|cast|operation ; dvt ; blood clot ; leg clot ; thrombos
Blood supply of a limb | leg arm | limb_threat mt_limb
leg|foot|feet|arm|hand|toe|finger cold|pale|white|blue|pulseless|grey ; no|not|cant pulse
calf pain walk ; calf cramp walk
Pressure in a muscle | leg arm treatment | limb_threat mt_compartment
pain proportion ; unbearable|extreme|worsening pain cast|plaster|boot|bandage|injur|surgery
tight|hard compartment|shin|forearm|muscle pain|numb|swol|swell|injur ; compartment
cast|plaster|bandage tight|numb|blue
Large artery in the belly | back belly | mt_aaa aneurysm
puls|throb|beat belly ; sudden severe|terrible|ripping|tearing back|belly ; aneurysm
belly|back faint ; ripping|tearing back|belly|chest
Boot or cast problem | leg | boot_problem
boot numb|blue|pain|tight|rub ; cast|plaster numb|blue|tight
# Head, face and nerves
Stroke | head face mind arm | stroke mt_stroke
face|mouth|smile droop|drop|lopsid|numb|weak|side|fallen ; slur|garbl|jumbl ; slur speech|word
arm weak|limp|cant|dead|heavy|drop sudden|lift|raise|face|side ; cant speak|talk|word ; stroke
speech funny|strange|odd|wrong|gone|thick|lost
tia ; sudden vision|sight|blind|balance|confus|weak|numb ; one side weak|numb|paraly
lost vision|sight|speech ; half face|body ; weak one side ; not make sense
Artery in the neck | neck head | artery mt_neck_artery
neck dizz|double|slur|droop|unstead|vision|numb|faint ; neck tear
headache dizz|double|slur|droop|unstead ; double vision ; seeing double ; eyelid droop
droop eyelid ; dizz swallow ; neck manipul|crack|adjust|click headache|dizz|vision|numb
Dangerous headache | head | mt_headache headache_emergency
stiff neck rash|fever|drows|light|vomit
worst headache ; sudden headache ; headache stiff ; headache fever ; headache rash
stiff neck fever ; headache fit|seizure|confus|weak ; explo|clap|blinding headache ; headache life
mening ; rash not fade|blanch|glass ; headache unlike|different|ever
Head injury | head | head_injury mt_headache
head injur|hit|knock|bang|blow|fall|fell|trauma ; concuss ; knocked out|unconscious
headache fall|fell|injur|accident ; headache thinner|warfarin|apixaban|anticoag
Fit | head pregnant | headache_emergency mt_pregnancy withdrawal
seizure|fitting|convuls|fits ; had fit ; shaking unconscious|uncontrol
Headache over 50 | head face | mt_gca gca
scalp tender|pain|sore|comb ; jaw pain chew|eat|eating
headache old|elder|over|fifty|sixty|seventy ; comb hair pain ; brush hair pain ; temple tender|pain
Pressure in the head | head | pressure_headache
headache wak|morning|cough|bend|lying|sneez|strain ; headache personal ; headache vomit
Carbon monoxide | head | carbon_monoxide
carbon monoxide ; boiler|fumes|gas headache|unwell|dizz
everyone|family|pet headache|unwell|dizz home
Fit to drive | mind | sleepy_driving
asleep|sleep|doze|dozing|nodd|drows wheel|driv|car
# Eyes
Eye | face | mt_eye glaucoma eye_urgent
floater ; flash floater|curtain
eye pain|red ; eye light ; curtain|veil|shadow eye|vision|sight ; halo ; sudden blind|sight|vision
flash|floater eye|vision|sight|light ; lost|loss|losing sight|vision ; went blind
blurr vision pain|red
# Spine
Nerves at the base of the spine | back pelvis | ces mt_ces
saddle numb ; numb saddle|groin|bottom|buttock|wiping|wipe ; cant pee ; cant poo ; cant bladder
incontinen ; leak|accident|wet|soil|control|loss|lost bladder|poo|pee|back|control
not feel pee|wip|bladder ; both leg|legs|feet weak|numb|pain|sciatica|shoot ; cauda
cant feel saddle|wip|bottom|pee ; sex numb|back|change|erect ; cant erect|orgasm back|numb
both sciatica ; bottom|buttock numb ; cant hold pee|poo|urine ; legs give|gave
Spinal cord | back neck arm | mt_cord cord
clums hand|finger ; electric|shock|zap spine|back|neck|arm|leg ; unstead walk|gait|feet|leg
drop thing|cup|key ; cant button ; fumbl ; walk drunk ; balance walk neck|hand ; numb hands ; cord
Weakness of a nerve | back leg arm | mt_weakness nerve_loss
leg give|gives|giving|gave
foot|toe drop|drag|slap|trip ; leg|arm|hand|foot|ankle|grip weak ; getting|new|worse weak
cant lift foot|toe|leg ; leg numb ; leg|knee buckl
Cancer in the spine | back | mt_spine_cancer cancer
cancer back|bone|spine|hip|pain|rib ; night pain|back steady|constant|back|wak|worse
pain night wak ; back weight losing|lost|loss
Infection in the spine | back | mt_spine_infection spinal_infection
back fever|shiver|chill|inject|infect ; spine infect ; back sweat fever
# Bones, joints, tendons
Broken bone | leg arm back | fracture mt_fracture shoulder_trauma
fall|fell|thrown|came|knocked bike|bicycle|horse|stairs|ladder|roof|height|scooter
cant weight|walk|stand|step|bear ; bone broke|break|crack|stick ; broke|broken|fractur
deform|misshap|wonky|bent leg|arm|wrist|ankle|finger|joint|bone|limb|shoulder
fall|fell pain|swol|swell|hip|wrist|back|walk|shoulder ; osteopor|steroid sudden|pain|fall|fell
car accident|crash ; deform
Joint out of place | leg arm | dislocation shoulder_trauma
popped shoulder|knee|finger|kneecap ; shoulder|kneecap out
disloc ; popped|out socket|place joint|shoulder|knee|ankle|socket ; bone sticking|through
open wound injur|bone|joint ; shoulder cant lift fall|fell|injur
Stress in a bone | leg | bone_stress
shin|foot|hip|bone|groin pain hop|hopping|impact|run|running|spot ; stress fractur ; bone spot pain
Hot joint | leg arm | mt_hot_joint hot_joint joint_infection
knee|joint|toe|elbow|wrist|hip|shoulder|ankle hot|red|burning ; knee wound|discharge|pus|oozing
septic joint ; gout ; swol|swell joint fever
Joints swollen or stiff in the morning | leg arm | inflammatory
morning stiff ; joint swol|swell|stiff ; stiff hour|morning
Torn tendon | leg arm | complete_rupture mt_tendon rupture rerupture shoulder_trauma
snap|pop|popped|bang calf|ankle|heel|achilles|tendon|leg|shoulder|bicep|knee
kicked back|calf|heel|ankle|leg ; achilles rupt|tear|torn|gap|gone|went ; cant tiptoe|toes|push
torn tendon ; tendon rupt|snap|gap|tear ; sudden snap ; heard|felt|loud snap|pop|popped|crack
fell boot
Tendon healed long | leg | lengthening
no|not push progress|boot|weeks ; foot drops further ; boot push
Knee that locks or gives way | leg | locked_knee new_giving_way locking
knee|ankle lock|stuck|catch ; knee straighten|bend cant|not
knee|ankle give|gave|giving|buckl|pop|swol|swell ; knee cant straighten
Tendon pain on an antibiotic | leg arm | mt_fluoroquinolone
antibiotic|ciproflox|levoflox|quinolone|cipro tendon|achilles|heel|pain|shoulder
Muscle breakdown | whole | mt_rhabdo rhabdo
dark|brown|cola|tea|black|red pee|urine
muscle pain dark|brown|severe workout|race|marathon|crush|exercis ; pee cola|tea|brown|dark
# Infection and the whole body
Sepsis | whole | sepsis mt_sepsis
fever confus|mottl|shiver|breath|drows|blotch|unwell ; shiver confus
shiver|rigor|shaking unwell|fever|ill|chill|pain ; mottl|blotch ; sepsis ; very unwell|ill|sick
skin mottl|blue|grey|blotch ; blue lip|face ; confus unwell|fever|ill|breath ; blood poison
fast breath ; not pee day|hours
Spreading skin infection | skin leg arm | cellulitis mt_cellulitis skin_infection
red|redness spread ; skin|leg|arm|foot hot red|spread|swol|swell|tender ; cellulitis
red line|streak|track ; skin weep|crust|oozing|pus|infect|hot ; eczema weep|crust|oozing|infect
wound infect|pus|red|hot|oozing ; red hot skin|patch|leg|arm
Something catching | skin whole | mt_contagious
vomit|diarr|flu|covid|norovirus|bug ; diarrh
scabies|impetigo|shingles|ringworm|chickenpox|measles|contag|catching ; fever
rash contag|catching|fever ; upset belly ; nits|lice
On chemotherapy and unwell | whole | neutropenia
chemo fever|unwell|ill|shiver|hot|cold|infect|sick
Allergy | skin face chest | mt_allergy anaphylaxis
lip|tongue|face|throat|mouth swol|swell|puff|tingl|clos ; anaphyl|epipen
allerg reaction|swol|swell|breath|wheez|faint|hives ; wheez ; throat clos|tight
bee|wasp|hornet sting|stung ; sting|stung|nuts|peanut swol|swell|breath|wheez|faint|reaction
hives breath|swol|swell ; cant swallow
Red or blistering skin | skin | erythroderma blistering_drug eczema_herpeticum
blister all|everywhere|over|body|whole
skin red|hot all|whole|most|body|everywhere|over ; skin peel|blister
blister medic|tablet|drug|antibiot|mouth|painful ; eczema blister|punch|sore|fever|cluster|pain
pus spots
Signs that a doctor should see within days | skin | mt_lump cancer suspicious_lesion breast_change
pee blood|bloody|red
lump ; mole chang|bleed|grow|dark|itch|new|black ; wound|sore|ulcer|spot not|never heal
unexplain bleed ; breast|nipple lump|dimpl|discharg|chang|bleed|inver ; testic lump|hard|swol
new mole ; purple patch
Weight loss without a reason | whole | unexplained_loss mt_weightloss cancer
drench|soak night|sheets|bed
weight losing|lost|loss|drop|unexplain ; night sweat ; losing weight ; lost weight trying
clothes loose ; drench sweat night
Swelling after cancer treatment | arm face | svc
face|neck|arms swol|swell ; both arms swol|swell ; swell face
Cancer coming back | arm skin | recurrence
cancer lump|bone|back|new|return|recur ; bone pain new ; mastectom lump|nodul|purple
# Pregnancy and fertility
Bleeding in pregnancy or after birth | pregnant | bleeding mt_pregnancy
pregnant bleed|blood|clot|spot ; postnatal bleed|blood|clot|faint|soak ; spotting pregnant
miscarr ; haemorrhage|hemorrhage postnatal|pregnant
Blood pressure in pregnancy | pregnant | preeclampsia mt_pregnancy
pregnant|postnatal headache|vision|flash|swol|swell|rib|vomit|puff ; preeclamp
Baby moving less | pregnant | movements mt_pregnancy
baby moving|move|movement|kick|still|quiet|less ; reduced|less|fewer movement|kick
Waters or labour | pregnant | labour mt_pregnancy
water|waters broke|break|gone|leak ; contraction ; labour|labor pain|early|start ; waters
pregnant leak|regular
Pregnant and unwell | pregnant | mt_pregnancy
pregnant pain|fall|fell|fit|leg|faint|dizz|unwell|accident
Infection in pregnancy or after birth | pregnant | maternal_infection sepsis
postnatal fever|shiver|unwell|discharge|wound ; breast hot|red|fever ; mastitis
caesar|section|stitch red|hot|pus|open|smell ; pregnant fever|shiver
Itching in pregnancy | pregnant skin | itch
pregnant itch ; itch palm|sole|hands|feet
After birth and changed in mind | pregnant mind | perinatal_crisis mt_psychosis
want|going|thought pain|harm|kill baby ; postnatal seeing|sees|hear|believ|things
postnatal confus|voices|strange|mood|sleep|mania|harm|high ; harm baby
baby hurt|harm|kill|devil|evil ; mum|mother strange|voices|confus
Pregnancy outside the womb | pregnant belly | ectopic mt_ectopic visceral
pregnant pain side|one|shoulder|belly|low|sharp ; pregnant faint|dizz ; shoulder tip
late|missed period pain|faint|bleed ; ectopic ; positive test pain|bleed|faint
shoulder belly faint|pain
Too strong a response to fertility treatment | pregnant belly | mt_ohss ohss ohss_severe
ivf|stimul|egg|fertility|trigger|ohss belly|bloat|swol|swell|vomit|breathless|pee|pain|sick ; ohss
After egg collection or transfer | pregnant belly | post_procedure
egg|transfer|collection|ivf fever|bleed|pain
Twisted ovary or testicle | belly pelvis | mt_testis torsion
testic|testis|balls|scrot pain|swol|swell|sudden ; sudden pelvi|ovar
pelvi|ovar sever|pain|sudden vomit|one|side|sever
Infection in the pelvis | pelvis | pid
pelvi pain|fever|discharge ; smell|foul|green discharge
Bleeding that is not a period | pelvis | pm_bleeding abnormal_bleeding
bleed menopaus|between|sex|postmenopaus ; bleed after sex ; spotting menopaus|between
Bloating that stays | belly pelvis | ovarian
bloat ; full quick|early|eat ; bloated weeks|persist|always
# Belly and metabolism
Yellow skin or eyes | skin belly face | mt_jaundice
jaundice ; yellow skin|eyes|face|whites|looks ; skin|eyes|face yellow
Infection of bladder or kidneys | pelvis belly | mt_urine
burn|sting|pain pee ; pee burn|sting|pain ; pee fever|shiver ; cystitis ; urine infect ; uti
kidney infect|pain
Belly | belly | mt_abdomen visceral
belly sever|sudden|rigid|hard|unbear|terrible|worst|pain ; vomit blood ; blood vomit|poo
black|tarry|blood|bloody poo ; rigid belly ; blood bottom|back ; coffee vomit
vomit stop|nonstop|constant|cant
On a weight-loss injection | belly | glp_abdomen
ozempic|wegovy|mounjaro|semaglutide|tirzepatide|injection|jab vomit|belly|pain|dehydrat
Low blood sugar | whole | hypo mt_diabetes
diabet|insulin|sugar|hypo shak|confus|drows|sweat|low|faint|sleepy|wobbl ; low sugar ; hypo
High blood sugar or insulin left out | whole | insulin_omission mt_diabetes
diabet|insulin vomit|skip|miss|stop|not|leav|drows|breath|high ; keto
Thirst and much urine | whole | mt_diabetes unexplained_loss
thirst ; pee lot|much|constant|night|time thirst|weight|drink ; always drink
pee lot|constant|often|time
Heat, water and effort | whole | collapse hyponatraemia
run|running|race|marathon|effort|exercis|heat faint|confus|hot|headache|vomit|swol|swell|wobbl
heatstroke ; heat stroke|exhaust ; drank water lot|much
Energy too low for training | whole | reds
missed|no|lost|stopped period|periods ; period stopp|miss|gone ; stress fractur again
Alcohol or sedatives stopped | mind whole | withdrawal
stopp|quit|withdraw|detox drink|alcohol|sedat|valium|diazepam|booze
withdraw shak|sweat|fit|confus ; alcohol shak|sweat|fit|confus ; delirium|hallucinat drink|alcohol
# Mind and safety
Intends to die | mind | suicide_now mt_suicide
want|wish|going|plan|ready|intend|rather die|dead|dying|suicid|kill|end
kill self|herself|himself|myself|themself|themselves ; end life|all|everything
suicid plan|tonight|note|means|pills|attempt ; overdos ; took|taken|saved|stock pills|tablets
goodbye letter|note|say ; cant go|keep on|safe ; jump bridge|roof ; hang herself|himself|myself
suicid ; better dead|off|without
Thoughts of suicide or self-harm | mind | suicide_thoughts mt_suicide_thoughts
depress
suicid ; selfharm ; cutting|burning self|arms|herself|himself|wrists
no point|reason|hope live|living|life|going ; hopeless|worthless ; want die|dead|disappear|sleep
wish dead|never|gone ; better off ; not worth|want live|living|here
hurt self|herself|himself|myself ; pain myself|herself|himself ; thoughts death|dying|ending
dark thoughts
Out of touch with reality | mind | mt_psychosis mania_psychosis
cant|not|no|without sleep energy|high
voices ; hearing thing|voices ; paranoi|delusion|psychos|manic|mania|hallucinat
strange|odd|weird belief|idea|behav|things ; not sleep energy|days|high ; racing thought
talk fast ; confus ; watched|followed|spied ; no sleep energy
follow|spy|watch government|neighbour|poison
Eating | mind whole | mt_eating ed_collapse ed_emergency ed_rapid_loss ed_relapse
not|hardly|barely|stopp|refus|nothing eat|eating|eaten|food|ate ; starv
anorex|bulimi|purg|binge|laxative|restrict ; vomit eat|eating|meal|food|herself|deliberate|blood
eating disorder ; faint eat|eating|weight|food|thin ; rapid|fast|quick weight ; secret exercis
cant squat|rise|sit ; weigh|weight obsess ; making herself|himself|myself vomit
Abuse or neglect | mind | safeguarding mt_safeguard
abus|neglect|coerc|rape|raped|assault|molest|traffick|slave
husband|wife|partner|boyfriend|girlfriend|dad|father|mum|mother|son|daughter|carer|he|she hits|hit|
beat|beats|hurt|choke|strangl|threat|control|scared|afraid|frighten
scared|afraid|frighten home|husband|partner|wife|him|her ; bruis ; not safe home
child danger|hurt|hit|risk|bruis|afraid ; unsafe home ; domestic violen
controls money|phone|everything ; forced marri|sex ; strangl|choked
# After treatment
Unwell after a session | treatment | mt_adverse
massage|treatment|session|manipul|adjust|osteopath|chiropract|physio weak|numb|pain|faint|dizz|
worse|sick|vomit|bruis|headache
worse treatment|session|massage ; after massage|treatment|session|manipul
"""


def _concepts() -> tuple[Concept, ...]:
    found: list[Concept] = []
    for line in _TABLE.strip().replace("|\n", "|").splitlines():
        if line.startswith("#"):
            continue
        if line.count(" | ") == 2:
            label, parts, flags = line.split(" | ")
            found.append(Concept(label, tuple(parts.split()), tuple(flags.split()), ()))
        else:
            last = found.pop()
            patterns = (*last.patterns, *(piece.strip() for piece in line.split(" ; ")))
            found.append(Concept(last.label, last.parts, last.flags, patterns))
    return tuple(found)


CONCEPTS: tuple[Concept, ...] = _concepts()
