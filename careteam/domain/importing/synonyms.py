"""What people call a discipline, by catalogue id: data, in the languages of the headings.

English, German, French, Dutch and Spanish; short forms, plurals and the letters after a name.
Words are written as `fold` leaves them. Labels and ids of the catalogue are added by themselves.
"""

SYNONYMS: dict[str, str] = {
    "general_practitioner": "gp|gps|family doctor|family physician|primary care|"
    "primary care physician|pcp|general practice|gp surgery|hausarzt|hausarztin|allgemeinarzt|"
    "allgemeinarztin|allgemeinmedizin|medecin generaliste|generaliste|medecin traitant|huisarts|"
    "medico de cabecera|medico de familia|medica de familia|medico general",
    "emergency_care": "a&e|accident and emergency|emergency|emergency room|urgent care|"
    "notaufnahme|urgences|spoedeisende hulp|urgencias",
    "sports_physician": "sports doctor|sport doctor|sports physician|sports medicine|"
    "sport and exercise medicine|sem doctor|sportarzt|sportmedizin|sportmediziner|"
    "medecin du sport|sportarts|medico deportivo|medicina deportiva",
    "orthopaedic_surgeon": "orthopaedic surgeon|orthopedic surgeon|orthopaedics|orthopedics|"
    "orthopod|ortho|orthopaedist|orthopedist|trauma surgeon|surgeon|orthopade|orthopadin|"
    "orthopadie|unfallchirurg|chirurgien orthopediste|orthopediste|orthopeed|orthopedisch chirurg|"
    "traumatologo|cirujano ortopedico|ortopeda",
    "cardiologist": "cardiology|heart specialist|heart doctor|kardiologe|kardiologin|kardiologie|"
    "cardiologue|cardioloog|cardiologo|cardiologa",
    "dermatologist": "dermatology|skin specialist|skin doctor|hautarzt|hautarztin|dermatologe|"
    "dermatologin|dermatologue|dermatoloog|huidarts|dermatologo|dermatologa",
    "endocrinologist": "endocrinology|diabetologist|diabetes specialist|endo|endokrinologe|"
    "endokrinologin|diabetologe|endocrinologue|diabetologue|endocrinoloog|endocrino|endocrinologo",
    "fertility_clinic": "fertility|fertility clinic|ivf|ivf clinic|reproductive medicine|"
    "fertility specialist|kinderwunschzentrum|kinderwunschklinik|kinderwunsch|pma|"
    "centre de fertilite|fertiliteitskliniek|clinica de fertilidad|reproduccion asistida",
    "gynaecologist": "gynaecology|gynecologist|gynecology|gynae|gyn|ob gyn|obgyn|obstetrician|"
    "obstetrics|gynakologe|gynakologin|frauenarzt|frauenarztin|gynecologue|obstetricien|"
    "gynaecoloog|vrouwenarts|ginecologo|ginecologa|obstetra",
    "menopause_specialist": "menopause|menopause clinic|menopause doctor|menopause nurse|"
    "wechseljahre|menopauze",
    "midwife": "midwives|midwifery|maternity|maternity team|hebamme|hebammen|sage femme|"
    "sages femmes|verloskundige|vroedvrouw|matrona|comadrona|partera",
    "neurologist": "neurology|neuro|headache specialist|headache clinic|neurologe|neurologin|"
    "neurologue|neuroloog|neurologo|neurologa",
    "oncology_team": "oncologist|oncology|cancer team|breast care nurse|breast nurse|"
    "macmillan nurse|onkologe|onkologin|onkologie|oncologue|oncoloog|oncologo|oncologa",
    "psychiatrist": "psychiatry|crisis team|mental health team|cmht|psychiater|psychiaterin|"
    "psychiatre|psiquiatra",
    "rheumatologist": "rheumatology|rheum|rheumatologe|rheumatologin|rhumatologue|reumatoloog|"
    "reumatologo|reumatologa",
    "pharmacist": "pharmacy|chemist|apotheker|apothekerin|apotheke|pharmacien|pharmacienne|"
    "farmaceutico|farmaceutica",
    "optometrist": "optician|optometry|eye test|optiker|augenoptiker|optometriste|opticien|"
    "opticienne|optometrista|optico",
    "eating_disorder_service": "eating disorders|eating disorder team|eating disorder clinic|"
    "eating disorder service|eating disorder specialist|essstorungen|"
    "troubles alimentaires|eetstoornissen|trastornos alimentarios",
    "occupational_health": "oh nurse|occupational physician|occupational health nurse|"
    "betriebsarzt|betriebsarztin|medecin du travail|medecine du travail|bedrijfsarts|"
    "medico del trabajo|salud laboral",
    "physiotherapist": "physio|physios|physiotherapy|physical therapist|physical therapy|"
    "dpt|mcsp|msk physio|sports physio|chartered physiotherapist|physiotherapeut|"
    "physiotherapeutin|physiotherapie|krankengymnast|krankengymnastin|krankengymnastik|kine|"
    "kinesitherapeute|kinesitherapie|masseur kinesitherapeute|fysiotherapeut|fysiotherapie|fysio|"
    "fisioterapeuta|fisioterapia|fisio",
    "pelvic_health_physiotherapist": "pelvic health|pelvic floor|pelvic health physio|"
    "pelvic floor physio|pelvic physio|womens health physio|womens health physiotherapist|"
    "pelvic floor physiotherapist|mens health physio|beckenboden|beckenbodentherapie|"
    "beckenbodenphysiotherapie|perineologie|reeducation perineale|bekkenfysiotherapeut|"
    "bekkenfysio|bekkenbodemtherapeut|suelo pelvico|fisioterapeuta de suelo pelvico",
    "occupational_therapist": "ot|ots|occupational therapy|ergotherapeut|ergotherapeutin|"
    "ergotherapie|ergotherapeute|ergo|terapeuta ocupacional|terapia ocupacional",
    "podiatrist": "podiatry|chiropodist|chiropody|foot clinic|foot health practitioner|podologe|"
    "podologin|podologie|fusspflege|podologue|pedicure podologue|podotherapeut|podoloog|"
    "podologo|podologa",
    "osteopath": "osteo|osteos|osteopathy|osteopaths|osteopathin|osteopathie|osteopathe|"
    "osteopaat|osteopata|osteopatia",
    "chiropractor": "chiro|chiropractic|chiropractors|chiropraktiker|chiropraktikerin|"
    "chiropraktik|chiropracteur|chiropratique|quiropractico|quiropractica|quiropraxia",
    "massage_therapist": "massage|massages|masseuse|masseur|massage therapy|lmt|rmt|"
    "sports massage|remedial massage|deep tissue|deep tissue massage|soft tissue therapist|"
    "soft tissue therapy|bodyworker|bodywork|sports therapist|massagetherapeut|masseurin|"
    "massagetherapie|massagepraxis|heilmasseur|massotherapeute|massagista|masajista|masaje|masajes|"
    "sportmasseur|sportmassage|sports massage therapist|holistic massage|pregnancy massage",
    "mld_therapist": "mld|lymphatic drainage|manual lymphatic drainage|lymph drainage|"
    "lymphdrainage|manuelle lymphdrainage|drainage lymphatique|lymfedrainage|oedeemtherapeut|"
    "drenaje linfatico|dlt|mld therapist",
    "lymphoedema_practitioner": "lymphoedema|lymphedema|lymphoedema nurse|lymphedema therapist|"
    "lymphoedema service|lymphoedema therapist|lymphologe|lymphologie|lymphologue|linfedema",
    "acupuncturist": "acupuncture|acu|lac|tcm|dry needling|needling|traditional chinese medicine|"
    "akupunktur|akupunkteur|akupunkteurin|acupuncteur|acupunctrice|acupuncturiste|acupunctuur|"
    "acupunctuurist|acupuntor|acupuntura|acupunturista",
    "dietitian": "dietician|dietitians|dieticians|dietetics|rd|registered dietitian|"
    "registered dietician|diatassistent|diatassistentin|diatologe|dieteticien|dieteticienne|"
    "dietist|dietetista|dietista",
    "nutritionist": "nutrition|nutritional therapist|nutrition therapist|nutrition coach|"
    "registered nutritionist|ernahrungsberater|ernahrungsberaterin|ernahrungsberatung|"
    "nutritionniste|voedingsdeskundige|nutricionista|nutricion",
    "clinical_exercise_professional": "clinical exercise|exercise physiologist|exercise referral|"
    "clinical exercise physiologist|exercise physiology|ep|sporttherapeut|sporttherapeutin|"
    "enseignant apa|activite physique adaptee|bewegingsagoog|fisiologo del ejercicio",
    "fitness_instructor": "personal trainer|personal training|fitness|fitness trainer|"
    "fitness coach|gym instructor|trainer|strength coach|fitnesstrainer|fitnesstrainerin|"
    "coach sportif|entrenador personal|entrenadora personal|fitness instructor",
    "sport_coach": "coach|running coach|run coach|sports coach|sport coach|athletics coach|"
    "triathlon coach|swimming coach|lauftrainer|lauftrainerin|lauftraining|entraineur|"
    "entraineuse|hardlooptrainer|looptrainer|entrenador|entrenadora",
    "movement_teacher": "yoga|yoga teacher|yoga instructor|yoga therapist|pilates|"
    "pilates teacher|pilates instructor|tai chi|tai chi teacher|qigong|feldenkrais|"
    "alexander technique|yogalehrer|yogalehrerin|pilatestrainerin|prof de yoga|professeur de yoga|"
    "yogadocent|profesor de yoga|profesora de yoga",
    "psychologist": "psych|psychology|clinical psychologist|sports psychologist|"
    "sport psychologist|health psychologist|counselling psychologist|psychologe|psychologin|"
    "psychologue|psycholoog|psicologo|psicologa|psicologia",
    "cbt_therapist": "cbt|cognitive behavioural therapy|cognitive behavioral therapy|"
    "cbt therapist|cognitive therapist|cognitive behavioral therapist|verhaltenstherapeut|"
    "verhaltenstherapeutin|verhaltenstherapie|tcc|therapeute tcc|cognitief gedragstherapeut|"
    "gedragstherapeut|terapeuta cognitivo conductual",
    "counsellor": "counselor|counselling|counseling|counsellors|psychotherapy|psychotherapist|"
    "talking therapy|talking therapist|mental health counselor|lpc|lmhc|lmft|psychotherapeut|"
    "psychotherapeutin|psychotherapie|gesprachstherapeut|psychotherapeute|conseiller|"
    "psicoterapeuta|psicoterapia|consejero|consejera",
    "hypnotherapist": "hypnotherapy|hypnosis|hypnotist|clinical hypnosis|hypnotherapeut|"
    "hypnotherapeutin|hypnosetherapeut|hypnose|hypnotherapeute|hypnotiseur|hipnoterapeuta|"
    "hipnosis",
}

# Taken for the first thing most people mean, and shown to be checked.
GUESSED: dict[str, str] = {
    "doctor": "general_practitioner",
    "physician": "general_practitioner",
    "arzt": "general_practitioner",
    "arztin": "general_practitioner",
    "medecin": "general_practitioner",
    "dokter": "general_practitioner",
    "arts": "general_practitioner",
    "medico": "general_practitioner",
}

# Too wide to guess: the person who brings the list chooses.
UNSURE: dict[str, tuple[str, ...]] = {
    word: ids
    for words, ids in (
        ("pt|pts", ("physiotherapist", "fitness_instructor")),
        ("shrink", ("psychiatrist", "psychologist", "counsellor")),
        (
            "therapist|therapy|therapeut|therapeutin|therapeute|terapeuta",
            ("counsellor", "massage_therapist", "physiotherapist"),
        ),
        ("mental health", ("counsellor", "psychologist", "psychiatrist")),
        ("womens health", ("gynaecologist", "pelvic_health_physiotherapist")),
        ("nurse|krankenschwester|infirmiere|verpleegkundige|enfermera", ("oncology_team",)),
        ("diet|weight loss|slimming", ("dietitian", "nutritionist")),
        ("heilpraktiker|heilpraktikerin|naturopath", ("osteopath", "acupuncturist")),
        ("specialist|consultant", ("orthopaedic_surgeon", "rheumatologist", "neurologist")),
    )
    for word in words.split("|")
}
