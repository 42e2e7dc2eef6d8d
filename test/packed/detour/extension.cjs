/**
 * An extension that stands for the way to HubSpot: what is sent there goes to the stand-in that the environment names. An
 * installed extension knows HubSpot's own address and takes no other, and is the same code as ever.
 */
const hubSpot = 'https://api.hubapi.com';

exports.activate = () => {
  const { fetch } = globalThis;
  const standIn = process.env.DETOUR_TO;
  globalThis.fetch = (input, init) => {
    const url = String(input);
    return fetch(url.startsWith(`${hubSpot}/`) ? standIn + url.slice(hubSpot.length) : input, init);
  };
};
