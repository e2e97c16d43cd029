// Passkeys: asks the browser to make or to use one, and sends its answer with the form.
//
// A form says what it wants in `data-passkey`: “add”, “use”, or “sign-in”, which first fetches its challenge
// from the form’s own address. Where the browser has no passkeys, everything stays hidden.

const toBytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (each) => each.charCodeAt(0));
const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

if (window.PublicKeyCredential) document.querySelectorAll("form[data-passkey]").forEach(wake);

function wake(form) {
  form.closest("[hidden]")?.removeAttribute("hidden");
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    tell(form, true);
    try {
      form.elements.credential.value = JSON.stringify(await answer(form));
      copySharedDevice(form);
      form.submit();
    } catch {
      tell(form, false);
    }
  });
}

function tell(form, well) {
  form.querySelector("[data-passkey-problem]").hidden = well;
}

async function answer(form) {
  if (form.dataset.passkey === "add") return inText(await navigator.credentials.create(toMake(JSON.parse(form.dataset.options))));
  const options = form.dataset.passkey === "use" ? JSON.parse(form.dataset.options) : await challenge(form.action);
  return inText(await navigator.credentials.get(toUse(options)));
}

async function challenge(address) {
  const response = await fetch(address, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error("no challenge");
  return (await response.json()).request_options;
}

function toMake({ publicKey }) {
  return {
    publicKey: {
      ...publicKey,
      challenge: toBytes(publicKey.challenge),
      user: { ...publicKey.user, id: toBytes(publicKey.user.id) },
      excludeCredentials: (publicKey.excludeCredentials ?? []).map(named),
      // A passkey that the device can find by itself, where it can keep one.
      authenticatorSelection: { ...publicKey.authenticatorSelection, residentKey: "preferred", requireResidentKey: false },
    },
  };
}

function toUse({ publicKey }) {
  const known = (publicKey.allowCredentials ?? []).map(named);
  return { publicKey: { ...publicKey, challenge: toBytes(publicKey.challenge), allowCredentials: known } };
}

function named(credential) {
  return { ...credential, id: toBytes(credential.id) };
}

function inText(credential) {
  const { response } = credential;
  const said = { clientDataJSON: toText(response.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[part]) said[part] = toText(response[part]);
  }
  if (response.getTransports) said.transports = response.getTransports();
  return {
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: said,
  };
}

// The tick box of the other form on the sign-in page counts here too.
function copySharedDevice(form) {
  if (!document.getElementById("id_shared_device")?.checked) return;
  const field = Object.assign(document.createElement("input"), { type: "hidden", name: "shared_device", value: "on" });
  form.append(field);
}
