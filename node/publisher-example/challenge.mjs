// Which strings a publisher may sign when a node asks it to prove that it has its key.
//
// The key that answers challenges also signs plugins. Whoever signs any string signs plugins for strangers: they send
// JSON.stringify({id, name, version, description}) as the challenge. So only a challenge that says whom it is for is signed,
// and only where that is us.

const FORM = /^fedverify-node ownership challenge v1; node=([!-:<-~]+); instance=([!-:<-~]+); username=([A-Za-z0-9._-]+); expires=([0-9]{1,12}); nonce=([0-9a-f]{32})$/;

// The longest that a challenge may be valid, in seconds: who collects answers must use them soon.
const MAX_VALIDITY = 15 * 60;

/** Why this publisher does not sign the challenge; null where it does. */
export function refusal(challenge, { instance, username, now = Date.now() / 1000 }) {
    const match = typeof challenge === 'string' ? FORM.exec(challenge) : null;
    if (!match) return 'this is no challenge that says which node, instance and user it is for';
    const [, , ofInstance, ofUsername, expires] = match;
    if (ofInstance !== instance) return `the challenge is for the instance ${ofInstance}, this is ${instance}`;
    if (ofUsername !== username) return `the challenge is for the user ${ofUsername}, this is ${username}`;
    if (Number(expires) < now) return 'the challenge has expired';
    if (Number(expires) > now + MAX_VALIDITY) return 'the challenge is valid for too long';
    return null;
}
