/* The picture's data: people, ties and islands as flat arrays, and where each stands now.
   The shape of the JSON is written down in careteam/domain/network/picture.py. */

const FAR_EDGES = 2500;
const FAR_PEOPLE = 1200;
const SIDEWAYS = 2.2;
const MOST_SPREAD = 1.6;
export const OWN = 0;
export const BAND = 1;
export const RECALLED = 2;
/* What came of a tie's referrals, told by the end of its line; of others' ties it is not told. */
export const ACCEPTED = 0;
export const UNANSWERED = 1;
export const DECLINED = 2;
const ENDINGS = ["one or more accepted", "no answer or none yet", "declined"];

export class Model {
  constructor(data) {
    const { nodes, edges, groups } = data;
    this.labels = data.labels;
    this.isPeriod = Boolean(data.period);
    /* By ties people stand near whom they work with; only those without ties have an island. */
    this.by = data.by;
    this.isByTies = data.by === "ties";
    this.groups = groups;
    this.nodes = nodes;
    this.count = nodes.id.length;
    this.ties = edges.from.length;
    this.from = Uint32Array.from(edges.from);
    this.to = Uint32Array.from(edges.to);
    this.weight = Float32Array.from(edges.weight);
    this.kind = Uint8Array.from(edges.kind);
    this.outcome = Int8Array.from(edges.outcome);
    this.colour = nodes.discipline.map((discipline) => data.labels.colours[discipline]);
    this.me = data.me === null ? -1 : data.me;
    this.indexOf = new Map(nodes.id.map((id, number) => [id, number]));
    this.outgoing = listsOf(this.count, this.from);
    this.incoming = listsOf(this.count, this.to);
    // The order of the list: whoever receives most, then by name.
    const names = nodes.name.map((name) => name.toLowerCase());
    this.byImportance = Array.from(nodes.id.keys()).sort(
      (one, other) => nodes.importance[other] - nodes.importance[one]
        || (names[one] < names[other] ? -1 : names[one] > names[other] ? 1 : one - other));
    this.shownInGroup = new Uint32Array(groups.id.length);
    for (const group of nodes.group) this.shownInGroup[group] += 1;
    this.groupTies = groupTies(this);
    this.crowded = this.ties > FAR_EDGES || this.count > FAR_PEOPLE;
    this.x = new Float32Array(this.count);
    this.y = new Float32Array(this.count);
    this.groupX = new Float32Array(groups.id.length);
    this.groupY = new Float32Array(groups.id.length);
    this.only = null;
    this.present = null;
    this.arrange(false);
  }

  /* Everybody on their island; on an upright screen x and y are swapped. With a `breadth`, the free
     screen's width over its height, islands are moved apart until they fill it. */
  arrange(upright, breadth = 0) {
    const { nodes, groups } = this;
    this.upright = upright;
    this.only = null;
    this.present = null;
    for (let i = 0; i < this.count; i += 1) {
      this.x[i] = upright ? nodes.y[i] : nodes.x[i];
      this.y[i] = upright ? nodes.x[i] : nodes.y[i];
    }
    for (let g = 0; g < groups.id.length; g += 1) {
      this.groupX[g] = upright ? groups.y[g] : groups.x[g];
      this.groupY[g] = upright ? groups.x[g] : groups.y[g];
    }
    if (breadth && !this.isByTies && groups.id.length > 1) this.spread(breadth);
  }

  spread(breadth) {
    const { nodes } = this;
    const [left, top, right, bottom] = this.box(true);
    const wide = right - left;
    const high = bottom - top;
    // Discs keep their size: only what lies between their middles grows.
    const disc = 2 * Math.max(...this.groups.r);
    const grown = (now, then) => Math.min(MOST_SPREAD, Math.max(1, (then - disc) / (now - disc || 1)));
    const across = grown(wide, high * breadth);
    const down = grown(high, wide / breadth);
    for (let i = 0; i < this.count; i += 1) {
      this.x[i] += this.groupX[nodes.group[i]] * (across - 1);
      this.y[i] += this.groupY[nodes.group[i]] * (down - 1);
    }
    for (let g = 0; g < this.groupX.length; g += 1) {
      this.groupX[g] *= across;
      this.groupY[g] *= down;
    }
  }

  /* One person and their partners as a bow tie: who refers to them left, whom they refer to
     right, both ways above and below. `breadth` is the free screen's width over its height. */
  arrangeBowTie(person, breadth) {
    const gives = new Set(this.outgoing[person].map((tie) => this.to[tie]));
    const receives = new Set(this.incoming[person].map((tie) => this.from[tie]));
    const strength = this.strengthWith(person);
    const strongest = (ids) => [...ids].sort(
      (one, other) => strength.get(other) - strength.get(one) || one - other);
    const both = strongest([...gives].filter((id) => receives.has(id)));
    const right = strongest([...gives].filter((id) => !receives.has(id)));
    const left = strongest([...receives].filter((id) => !gives.has(id)));
    const high = Math.max(150, Math.max(left.length, right.length) * 13);
    const wide = Math.max(150, high * Math.min(breadth, 2.2) * 0.72);
    this.only = person;
    this.present = new Set([person, ...both, ...right, ...left]);
    this.x[person] = 0;
    this.y[person] = 0;
    this.wing(right, wide, high);
    this.wing(left, -wide, high);
    this.row(both.filter((_, place) => place % 2 === 0), wide, -high * 0.95);
    this.row(both.filter((_, place) => place % 2 === 1), wide, high * 0.95);
  }

  /* People one under the other on a bow; of many, every second one further in. */
  wing(people, wide, high) {
    people.forEach((person, place) => {
      const share = shareOf(place, people.length);
      const inwards = people.length > 14 && place % 2 ? 0.7 : 1;
      this.x[person] = wide * (1 - 0.3 * share * share) * inwards;
      this.y[person] = high * 0.8 * share;
    });
  }

  row(people, wide, y) {
    people.forEach((person, place) => {
      this.x[person] = wide * 0.42 * shareOf(place, people.length);
      this.y[person] = y * (1 + (place % 2) * 0.16);
    });
  }

  strengthWith(person) {
    const strength = new Map();
    const add = (other, weight) => strength.set(other, (strength.get(other) || 0) + weight);
    for (const tie of this.outgoing[person]) add(this.to[tie], this.weight[tie]);
    for (const tie of this.incoming[person]) add(this.from[tie], this.weight[tie]);
    return strength;
  }

  /* The strongest ties, one's own first. */
  strongest(most) {
    if (!this.strong) {
      const { weight, kind } = this;
      this.strong = Array.from(weight.keys()).sort((one, other) =>
        (kind[one] === BAND) - (kind[other] === BAND) || weight[other] - weight[one] || one - other);
    }
    return new Set(this.strong.slice(0, most));
  }

  /* Which colour stands for which disciplines, the most frequent first: [[colour, [label]]]. */
  key() {
    const people = new Map();
    const labels = new Map();
    this.nodes.discipline.forEach((discipline, person) => {
      const colour = this.colour[person];
      people.set(colour, (people.get(colour) || 0) + 1);
      if (!labels.has(colour)) labels.set(colour, new Set());
      labels.get(colour).add(this.labels.short[discipline]);
    });
    return [...labels].sort((one, other) => people.get(other[0]) - people.get(one[0]))
      .map(([colour, names]) => [colour, [...names].sort()]);
  }

  /* Those linked with a person, the strongest first. */
  partners(person) {
    const strength = this.strengthWith(person);
    return new Set([...strength.keys()].sort(
      (one, other) => strength.get(other) - strength.get(one) || one - other));
  }

  isPresent(person) {
    return this.present === null || this.present.has(person);
  }

  /* The next person in a direction: near and straight ahead before near and aside. */
  neighbour(from, dx, dy) {
    let best = -1;
    let least = Infinity;
    for (let person = 0; person < this.count; person += 1) {
      if (person === from || !this.isPresent(person)) continue;
      const right = this.x[person] - this.x[from];
      const down = this.y[person] - this.y[from];
      const ahead = right * dx + down * dy;
      const aside = Math.abs(right * dy - down * dx);
      const cost = ahead + aside * SIDEWAYS;
      if (ahead > 0 && aside <= ahead * 1.6 && cost < least) {
        least = cost;
        best = person;
      }
    }
    return best;
  }

  /* Box of what is drawn: the islands that hold somebody, or the bow tie. */
  box(isWhole = false) {
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    const take = (x, y, r) => {
      box[0] = Math.min(box[0], x - r);
      box[1] = Math.min(box[1], y - r);
      box[2] = Math.max(box[2], x + r);
      box[3] = Math.max(box[3], y + r);
    };
    if (this.present) {
      for (const person of this.present) take(this.x[person], this.y[person], 24);
    } else {
      // In a period every island counts, so that nothing moves from one to the next.
      if (this.isByTies) this.x.forEach((x, i) => take(x, this.y[i], 24));
      this.groups.r.forEach((r, g) => {
        if (!r) return;
        if (isWhole || this.shownInGroup[g] || this.isPeriod || !this.count) take(this.groupX[g], this.groupY[g], r);
      });
    }
    return box[0] === Infinity ? [-100, -100, 100, 100] : box;
  }

  /* What is said of a person, aloud and under the pointer: never anything about health. */
  describe(person) {
    const { nodes, labels } = this;
    const parts = [nodes.name[person], labels.disciplines[nodes.discipline[person]]];
    if (nodes.place[person] >= 0) parts.push(labels.places[nodes.place[person]]);
    parts.push(["full", "taking clients"][nodes.accepting[person]] || "not known if taking clients");
    if (nodes.is_me[person]) parts.push("this is you");
    return parts.join(", ");
  }

  /* What is said of a tie. */
  describeTie(tie) {
    const { name } = this.nodes;
    const ending = ENDINGS[this.outcome[tie]];
    return `${name[this.from[tie]]} to ${name[this.to[tie]]}${ending ? `, ${ending}` : ""}`;
  }

  tieBetween(fromId, toId) {
    const to = this.indexOf.get(toId);
    return this.outgoing[this.indexOf.get(fromId)]?.find((tie) => this.to[tie] === to) ?? -1;
  }

  search(words, most) {
    const wanted = plain(words).split(/\s+/).filter(Boolean);
    if (!wanted.length) return [];
    const found = this.byImportance.filter((person) => {
      const text = plain(
        `${this.nodes.name[person]} ${this.labels.disciplines[this.nodes.discipline[person]]}`);
      return wanted.every((word) => text.includes(word));
    });
    const starts = (person) => (plain(this.nodes.name[person]).startsWith(wanted[0]) ? 0 : 1);
    return found.sort((one, other) => starts(one) - starts(other)).slice(0, most);
  }
}

/* Radius of a dot in the layout's units, as in the drawing of careteam/domain/network/svg.py. */
export function dotRadius(importance) {
  return 4 + 6 * importance;
}

/* Place in a line of so many, from -1 to 1; alone in the middle. */
function shareOf(place, count) {
  return count === 1 ? 0 : (2 * place) / (count - 1) - 1;
}

function listsOf(count, ends) {
  const lists = Array.from({ length: count }, () => []);
  ends.forEach((end, tie) => lists[end].push(tie));
  return lists;
}

/* The strongest flows between islands, for the view from afar. */
function groupTies(model) {
  const sums = new Map();
  const islands = model.groups.id.length;
  for (let tie = 0; tie < model.ties; tie += 1) {
    const here = model.nodes.group[model.from[tie]];
    const there = model.nodes.group[model.to[tie]];
    if (here !== there) {
      const key = here * islands + there;
      sums.set(key, (sums.get(key) || 0) + model.weight[tie]);
    }
  }
  return [...sums]
    .map(([key, weight]) => ({ from: Math.floor(key / islands), to: key % islands, weight }))
    .sort((one, other) => other.weight - one.weight || one.from - other.from || one.to - other.to)
    .slice(0, islands * 2);
}

function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
