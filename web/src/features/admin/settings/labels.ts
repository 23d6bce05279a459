// English words for names that were made for programs: `Accounts_TwoFactorAuthentication_MaxDelta`.

/** How a word is written that is not an ordinary one; keyed by its small letters. */
const spelled: Record<string, string> = Object.fromEntries(
  (
    "ABAC API APIs ACL AD APNs AWS CAS CDN CORS CPU CRM CSS CSV DDP DM DMs DN DNS E2E E2EE ECDH FCM GCM GDPR GitHub GitLab Google HTML HTTP HTTPS IAM IDs IP IPs " +
    "IRC ISO JSON JWK JWT KaTeX LDAP Linux MIME NPS OAuth OEmbed OIDC OTR PDF PDP PIN REST RTMP S3 SAML SID SIP SLA SLO SMS SMTP SSL SSO SVG TLS TOTP TTL UI URI URIs URL URLs " +
    "UTF8 UUID VoIP WebDAV WebRTC XML YouTube iOS iframe Android Facebook LinkedIn Meteor Nextcloud WordPress Twitter Dolphin Drupal Tokenpass Matrix Prometheus Slack SlackBridge " +
    "Rocket.Chat Apple Amazon Jitsi Twilio Mobex Voxtelesys Smarsh Outlook Omnichannel Atlassian Crowd DeepL Microsoft Piwik Kerberos BigBlueButton Webdav:WebDAV " +
    "Id:ID Ids:IDs Url:URL Urls:URLs Oauth:OAuth Voip:VoIP Cron:cron Linkedin:LinkedIn Apn:APN Msg:message Msgs:messages Config:configuration Auth:authentication " +
    "ASCII CSP EXIF IMAP POP SMTPS CA GridFS StartTLS Embed:previews VideoConf:conference RegExp:expression jscss:JS/CSS idp:IdP Authn:AuthN Fb:Facebook existant:existing existent:existing "  +
    "Custom:custom Livechat:livechat Rc:Rocket.Chat Usermention:user-mention Appearence:appearance Flextab:side-panel Erros:errors Informations:information"
  )
    .split(" ")
    .map((entry) => {
      const [from, to = from] = entry.split(":");
      return [from?.toLowerCase() ?? "", to ?? ""];
    }),
);

const whole: Record<string, string> = { "2fa": "two-factor", "end-to-end_encryption": "End-to-end encryption", filesystem: "file system", fileupload: "file upload" };

/** Names that have capitals within: not parted there. */
const NAMES = /(OAuth|OEmbed|VoIP|VideoConf|WebRTC|WebDAV|GitHub|GitLab|GridFS|LinkedIn|WordPress|YouTube|StartTLS|iOS|DMs|IDs|IPs|URLs|RegExp)/;

/** The words of an id: at underscores, and where a small letter meets a capital one. */
export function wordsOf(id: string): string[] {
  return id.split(/[_\s]+/).flatMap((part) => {
    if (spelled[part.toLowerCase()]) return [part];
    return part.split(NAMES).flatMap((piece) => (NAMES.test(piece) ? [piece] : camel(piece)));
  });
}

function camel(part: string): string[] {
  return part
    .replace(/(\d)(days?|hours?)/g, "$1 $2")
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, "$1 $2")
    .replace(/(\p{Lu}+)(\p{Lu}\p{Ll})/gu, "$1 $2")
    .split(" ")
    .filter(Boolean);
}

function spell(word: string): string {
  const small = word.toLowerCase();
  return spelled[small] ?? whole[small] ?? small;
}

/** An id as a phrase in sentence case. */
export function phrase(id: string): string {
  const ready = whole[id.toLowerCase()];
  const text = ready ?? wordsOf(id).map(spell).join(" ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const plain = (id: string) => wordsOf(id).map((word) => word.toLowerCase());

/** How many leading words of `words` are those of `start`, if all of these are. */
function leading(words: readonly string[], start: readonly string[]): number {
  return start.length < words.length && start.every((word, place) => words[place] === word) ? start.length : 0;
}

/** What else settings of a group begin with, that says no more than the heading over them. */
const starts: readonly string[][] = [
  "Accounts_Default_User_Preferences", "Accounts_OAuth_Custom", "SAML_Custom_Default", "SAML_Custom", "E2E_Passphrase_Policy", "E2E", "ABAC_Virtru", "DDP_Rate_Limit",
  "VoIP_Management_Server", "VideoConf", "UserData", "UI", "Log", "Crowd", "FileUpload_S3", "FileUpload_GoogleStorage", "FileUpload", "Federation_Matrix", "Federation_Service",
  "Organization", "Block_Multiple_Failed_Logins", "S3", "Google_Storage", "Default_User_Preferences",
].map((start) => wordsOf(start).map((word) => word.toLowerCase()));

function headless(words: readonly string[], setting: { group?: string; section?: string }): readonly string[] {
  const small = words.map((word) => word.toLowerCase());
  // Services to log in with: the name of the service stands above.
  const service = setting.group === "OAuth" && setting.section ? ["accounts", "oauth", ...plain(setting.section)] : [];
  if (service.length > 0 && service.join() === small.join()) return ["Enabled"];
  const found = [service, ...starts].find((start) => start.length > 0 && leading(small, start) > 0);
  return words.slice(found?.length ?? 0);
}

/** The label of a setting: its name without what the group and the section above it say already. */
export function labelOf(setting: { _id: string; i18nLabel?: string; group?: string; section?: string }): string {
  const name = setting.i18nLabel ?? setting._id;
  // What is a sentence already stays as it is.
  if (/ /.test(name) && !/_/.test(name)) return name.charAt(0).toUpperCase() + name.slice(1);
  let words = wordsOf(name);
  for (const above of [setting.group, setting.section, setting.group && setting.section && `${setting.group}_${setting.section}`]) {
    if (above) words = words.slice(leading(words.map((word) => word.toLowerCase()), plain(above)));
  }
  return phrase((setting.group ? headless(words, setting) : words).join("_"));
}

/** The heading of a section or a group of settings. */
export function headingOf(id: string, group?: string): string {
  const words = wordsOf(id);
  const rest = words.slice(group ? leading(words.map((word) => word.toLowerCase()), plain(group)) : 0);
  return phrase(rest.filter((word) => !/^(section|\d+)$/i.test(word)).join("_") || id);
}
