/* Passkeys: a form with data-passkey asks the browser for one before it is sent. Options stand in the form, or are asked for at data-ask. */
"use strict";
(() => {
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) =>
    buffer && btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const named = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

  async function optionsOf(form) {
    if (form.dataset.options) return JSON.parse(form.dataset.options).publicKey;
    const found = await fetch(form.dataset.ask, { headers: { Accept: "application/json" } });
    return (await found.json()).request_options.publicKey;
  }

  async function made(form) {
    const options = await optionsOf(form);
    options.challenge = bytes(options.challenge);
    if (form.dataset.passkey === "get") {
      options.allowCredentials = named(options.allowCredentials);
      return navigator.credentials.get({ publicKey: options });
    }
    options.user.id = bytes(options.user.id);
    options.excludeCredentials = named(options.excludeCredentials);
    const alone = Boolean(form.elements.passwordless && form.elements.passwordless.checked);
    options.authenticatorSelection = {
      ...options.authenticatorSelection,
      residentKey: alone ? "required" : "discouraged",
      requireResidentKey: alone,
      ...(alone ? { userVerification: "required" } : {}),
    };
    return navigator.credentials.create({ publicKey: options });
  }

  function plain(credential) {
    const said = credential.response;
    const response = { clientDataJSON: text(said.clientDataJSON) };
    for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) if (said[name]) response[name] = text(said[name]);
    if (said.getTransports) response.transports = said.getTransports();
    const { type, id, authenticatorAttachment } = credential;
    return { type, id, authenticatorAttachment, rawId: text(credential.rawId), response, clientExtensionResults: credential.getClientExtensionResults() };
  }

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const problem = form.querySelector("[role=alert][hidden], [role=alert].told");
      try {
        form.elements.credential.value = JSON.stringify(plain(await made(form)));
        form.submit();
      } catch {
        problem.textContent = form.dataset.failed;
        problem.hidden = false;
        problem.classList.add("told");
      }
    });
  }
})();
