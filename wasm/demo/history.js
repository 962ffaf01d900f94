/** The identity's history as a line of operations: those that hold above, those that were undone below. */
import { element, shape } from './element.js';

const STEP = 118;
const MARGIN = 66;
const RADIUS = 17;
const LANES = { kept: 64, undone: 146 };

/**
 * Draws the history.
 *
 * @param svg the drawing, whose content is replaced
 * @param identity from `verifyLog`
 * @param choose is told which operation was chosen
 */
export function drawHistory(svg, identity, choose) {
  const { history } = identity;
  const isForked = history.some(({ nullified }) => nullified);
  const [width, height] = [MARGIN * 2 + STEP * (history.length - 1), isForked ? 206 : 118];
  svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
  svg.setAttribute('width', width);
  svg.setAttribute('height', height);
  const places = new Map(history.map((entry, index) => [entry.cid, placeOf(entry, index)]));
  const edges = history.filter(({ prev }) => places.has(prev)).map((entry) => edge(entry, places));
  const nodes = history.map((entry, index) => node(identity, entry, index, places.get(entry.cid)));
  const select = (chosen) => {
    for (const one of nodes) one.setAttribute('aria-pressed', String(one === chosen));
    choose(history[nodes.indexOf(chosen)]);
  };
  for (const one of nodes) {
    one.addEventListener('click', () => select(one));
    one.addEventListener('keydown', (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (step) nodes[nodes.indexOf(one) + step]?.focus();
      else if (event.key === 'Enter' || event.key === ' ') select(one);
      else return;
      event.preventDefault();
    });
  }
  svg.replaceChildren(...edges, ...nodes);
  select(nodes.at(history.findIndex(({ cid }) => cid === identity.head)));
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

function node(identity, entry, index, { x, y }) {
  const { history, head } = identity;
  const what = nameOf(history, entry);
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
function nameOf(history, entry) {
  if (entry.prev === null) return 'genesis';
  if (entry.type === 'plc_tombstone') return 'tombstone';
  if (!entry.nullified && history.some((other) => other.nullified && other.prev === entry.prev)) return 'recovery';
  const before = history.find(({ cid }) => cid === entry.prev)?.state;
  const kinds = new Set(changesOf(before, entry.state).map(({ kind }) => kind));
  if (kinds.size === 0) return 'no change';
  return kinds.size === 1 ? [...kinds][0] : `${kinds.size} changes`;
}

/** What changed from one state to the next. */
function changesOf(before, after) {
  const facts = (state) => [
    ...(state?.rotationKeys ?? []).map((key) => ['rotation keys', key]),
    ...Object.entries(state?.verificationMethods ?? {}).map(([id, key]) => ['keys', `${id}: ${key}`]),
    ...Object.entries(state?.services ?? {}).map(([id, { type, endpoint }]) => ['services', `${id} (${type}): ${endpoint}`]),
    ...(state?.alsoKnownAs ?? []).map((name) => ['names', name]),
  ];
  const missingIn = (others) => ([kind, text]) => !others.some(([k, t]) => k === kind && t === text);
  const [old, now] = [facts(before), facts(after)];
  return [
    ...old.filter(missingIn(now)).map(([kind, text]) => ({ kind, text, sign: '−' })),
    ...now.filter(missingIn(old)).map(([kind, text]) => ({ kind, text, sign: '+' })),
  ];
}

/** Describes an operation in words. */
export function describeOperation({ history, contestable }, entry) {
  const before = history.find(({ cid }) => cid === entry.prev)?.state;
  const undoable = contestable.find(({ cid }) => cid === entry.cid);
  const signers = (before ?? entry.state)?.rotationKeys ?? [];
  const lines = changesOf(before, entry.state).map(({ kind, text, sign }) =>
    element('li', { class: sign === '+' ? 'added' : 'removed' },
      element('span', { class: 'away' }, sign === '+' ? 'added to ' : 'removed from '), `${sign} ${kind}: `,
      element('code', {}, text)));
  return [
    element('h4', {}, `Operation ${history.indexOf(entry)}: ${nameOf(history, entry)}`),
    element('p', { class: 'note' }, 'CID ', element('code', {}, entry.cid)),
    element('p', { class: 'note' }, `Signed by rotation key ${entry.signer + 1} of ${signers.length}: `,
      element('code', {}, entry.key)),
    ...(undoable ? [element('p', { class: 'note' }, `Can still be undone until ${undoable.until}.`)] : []),
    ...(lines.length ? [element('ul', {}, ...lines)] : []),
  ];
}
