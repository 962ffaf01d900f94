/** The identity's history as a line of operations: those that hold above, those that were undone below. */
import { element, shape } from './element.js';

const STEP = 118;
const MARGIN = 66;
const RADIUS = 17;
const LANES = { kept: 64, undone: 146 };

/** Operations that are drawn at first, and with each press of the button; changes that are listed at first. */
const [OPERATIONS, CHANGES] = [50, 20];

/** What the parts of a state are called. */
const PARTS = { rotationKeys: 'rotation keys', verificationMethods: 'keys', services: 'services', alsoKnownAs: 'names' };

/**
 * Draws the history: its newest operations, and earlier ones when they are asked for.
 *
 * @param svg the drawing, whose content is replaced
 * @param earlier the button that asks for earlier operations
 * @param identity from `verifyLog`
 * @param choose is told which operation was chosen
 */
export function drawHistory(svg, earlier, identity, choose) {
  const { history } = identity;
  const hasUndone = history.some(({ nullified }) => nullified);
  const scroller = svg.parentElement;
  let chosen = history.find(({ cid }) => cid === identity.head);
  const draw = (start) => {
    const shown = history.slice(start);
    const [width, height] = [MARGIN * 2 + STEP * (shown.length - 1), hasUndone ? 206 : 118];
    svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
    svg.setAttribute('width', width);
    svg.setAttribute('height', height);
    const places = new Map(shown.map((entry, index) => [entry.cid, placeOf(entry, index)]));
    const edges = shown.filter(({ prev }) => places.has(prev)).map((entry) => edge(entry, places));
    const nodes = shown.map((entry, index) => node(identity, entry, start + index, places.get(entry.cid)));
    const select = (one) => {
      chosen = shown[nodes.indexOf(one)];
      for (const other of nodes) other.setAttribute('aria-pressed', String(other === one));
      choose(chosen);
    };
    for (const [index, one] of nodes.entries()) {
      one.addEventListener('click', () => select(one));
      one.addEventListener('keydown', (event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (step) nodes[index + step]?.focus();
        else if (event.key === 'Enter' || event.key === ' ') select(one);
        else return;
        event.preventDefault();
      });
    }
    const toTheEnd = scroller.scrollWidth - scroller.scrollLeft;
    svg.replaceChildren(...edges, ...nodes);
    // What was in view stays there.
    scroller.scrollLeft = scroller.scrollWidth - toTheEnd;
    nodes[shown.indexOf(chosen)].setAttribute('aria-pressed', 'true');
    const next = Math.max(0, start - OPERATIONS);
    earlier.hidden = start === 0;
    earlier.textContent = `Show ${start - next}${next > 0 ? ` of ${start}` : ''} earlier operations`;
    earlier.onclick = () => {
      draw(next);
      // The button is gone, and the keyboard's place with it.
      if (next === 0) svg.querySelector('.node').focus({ preventScroll: true });
    };
  };
  draw(Math.max(0, history.length - OPERATIONS));
  scroller.scrollLeft = scroller.scrollWidth;
  choose(chosen);
}

function placeOf({ nullified }, index) {
  return { x: MARGIN + STEP * index, y: nullified ? LANES.undone : LANES.kept };
}

function edge({ cid, prev, nullified }, places) {
  const [from, to] = [places.get(prev), places.get(cid)];
  const [start, end] = [from.x + RADIUS, to.x - RADIUS];
  const middle = from.y === to.y ? '' : `C ${start + 40} ${from.y}, ${end - 40} ${to.y}, `;
  const path = middle ? `M ${start} ${from.y} ${middle}${end} ${to.y}` : `M ${start} ${from.y} H ${end}`;
  return shape('path', { class: nullified ? 'edge undone' : 'edge', d: path });
}

function node({ head }, entry, index, { x, y }) {
  const what = nameOf(entry);
  const isHead = entry.cid === head;
  const day = entry.createdAt?.slice(0, 10) ?? 'unknown time';
  const about = [`operation ${index}: ${what}`, entry.nullified && 'undone by a recovery', isHead && 'the current state', day];
  const label = (kind, dy, words) => shape('text', { class: kind, x, y: y + dy }, words);
  return shape('g', {
    class: ['node', entry.nullified && 'undone', isHead && 'head'].filter(Boolean).join(' '),
    role: 'button',
    tabindex: '0',
    'aria-pressed': 'false',
    'aria-label': about.filter(Boolean).join(', '),
  },
  shape('circle', { class: 'ring', cx: x, cy: y, r: RADIUS + 5 }),
  shape('circle', { cx: x, cy: y, r: RADIUS }),
  label('number', 4.5, String(index)),
  // Below an operation that was undone, since the line comes to it from above.
  label('what', entry.nullified ? RADIUS + 19 : -RADIUS - 11, entry.nullified ? `${what}, undone` : what),
  label('when', RADIUS + (entry.nullified ? 36 : 19), day));
}

/** What an operation did, in a word or two. */
function nameOf({ prev, type, recovery, changes }) {
  if (prev === null) return 'genesis';
  if (type === 'plc_tombstone') return 'tombstone';
  if (recovery) return 'recovery';
  const kinds = new Set(changes.map(({ part }) => PARTS[part]));
  if (kinds.size === 0) return 'no change';
  return kinds.size === 1 ? [...kinds][0] : `${kinds.size} changes`;
}

/** A change in words. */
function wordsOf({ change, part, id, type, value }) {
  const label = [id, type && `(${type})`].filter(Boolean).join(' ');
  const text = change === 'reordered' ? 'their order, which changes their authority' : [label, value].filter(Boolean).join(': ');
  return { change, kind: PARTS[part], text };
}

/** Describes an operation in words. */
export function describeOperation({ history, contestable }, entry) {
  const before = history.find(({ cid }) => cid === entry.prev)?.state;
  const undoable = contestable.find(({ cid }) => cid === entry.cid);
  const signers = (before ?? entry.state)?.rotationKeys ?? [];
  const changes = entry.changes.map(wordsOf);
  return [
    element('h4', {}, `Operation ${history.indexOf(entry)}: ${nameOf(entry)}`),
    element('p', { class: 'note' }, 'CID ', element('code', {}, entry.cid)),
    element('p', { class: 'note' }, `Signed by rotation key ${entry.signer + 1} of ${signers.length}: `,
      element('code', {}, entry.key)),
    ...(undoable ? [element('p', { class: 'note' }, `Can still be undone until ${undoable.until}.`)] : []),
    ...(changes.length ? [list(changes.slice(0, CHANGES))] : []),
    ...(changes.length > CHANGES ? [more(changes.slice(CHANGES))] : []),
  ];
}

/** What is said of a change: its class, its sign, and words for those who cannot see the sign. */
const SIGNS = {
  added: ['+', 'added to '],
  removed: ['−', 'removed from '],
  reordered: ['↕', 'reordered '],
};

function list(changes) {
  return element('ul', {}, ...changes.map(({ kind, text, change }) => {
    const [sign, words] = SIGNS[change];
    return element('li', { class: change }, element('span', { class: 'away' }, words), `${sign} ${kind}: `, element('code', {}, text));
  }));
}

/** Changes that are listed when they are asked for. */
function more(changes) {
  const made = element('details', {}, element('summary', {}, `${changes.length} more changes`));
  made.addEventListener('toggle', () => made.append(list(changes)), { once: true });
  return made;
}
