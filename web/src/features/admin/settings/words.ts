// Better words for the settings that are changed most; the others are named after their ids.

import { type Definition } from "./definition";
import { headingOf, labelOf, phrase } from "./labels";

type Words = readonly [label: string, hint?: string];

const known: Record<string, Words> = {
  Site_Name: ["Name of the workspace", "Shown on the login page, in the title of the window and in mail."],
  Site_Url: ["Address", "Where people and mail links reach this server, with https:// in front."],
  Language: ["Language", "For whoever has not chosen one, and for what the server writes."],
  uniqueID: ["Identity of this workspace"],
  Force_SSL: ["Redirect to HTTPS"],
  Organization_Name: ["Name of the organization"],
  Organization_Type: ["Kind of organization"],
  Website: ["Website"],
  Server_Type: ["Use"],
  Accounts_RegistrationForm: ["Who may register", "Public: everybody. Secret URL: who has the link. Disabled: only administrators make accounts."],
  Accounts_RegistrationForm_SecretURL: ["Secret part of the registration link"],
  Accounts_ManuallyApproveNewUsers: ["Approve new accounts by hand", "Who registers cannot log in until an administrator activates the account."],
  Accounts_AllowedDomainsList: ["Allowed mail domains", "Separated by commas; empty allows all."],
  Accounts_BlockedDomainsList: ["Blocked mail domains", "Separated by commas."],
  Accounts_BlockedUsernameList: ["Blocked usernames", "Separated by commas."],
  Accounts_EmailVerification: ["Confirm addresses before the first login"],
  Accounts_LoginExpiration: ["Login lasts", "Days after which everybody logs in again."],
  Accounts_Registration_Users_Default_Roles: ["Roles of new accounts", "Separated by commas."],
  Accounts_AllowUserProfileChange: ["People may change their profile"],
  Accounts_AllowUserAvatarChange: ["People may change their picture"],
  Accounts_AllowRealNameChange: ["People may change their name"],
  Accounts_AllowUserStatusMessageChange: ["People may write a status text"],
  Accounts_AllowUsernameChange: ["People may change their username"],
  Accounts_AllowEmailChange: ["People may change their address"],
  Accounts_AllowPasswordChange: ["People may change their password"],
  Accounts_AllowDeleteOwnAccount: ["People may delete their account"],
  Accounts_AllowAnonymousRead: ["Read without an account"],
  Accounts_AllowAnonymousWrite: ["Write without an account"],
  Accounts_PasswordReset: ["Reset a forgotten password by mail"],
  Accounts_Password_Policy_Enabled: ["Rules for passwords"],
  Accounts_Password_Policy_MinLength: ["Shortest password", "Characters; -1 for no limit."],
  Accounts_Password_Policy_MaxLength: ["Longest password", "Characters; -1 for no limit."],
  Accounts_Password_Policy_ForbidRepeatingCharacters: ["Forbid a character many times in a row"],
  Accounts_Password_Policy_ForbidRepeatingCharactersCount: ["How many times in a row are allowed"],
  Accounts_Password_Policy_AtLeastOneLowercase: ["At least one small letter"],
  Accounts_Password_Policy_AtLeastOneUppercase: ["At least one capital letter"],
  Accounts_Password_Policy_AtLeastOneNumber: ["At least one digit"],
  Accounts_Password_Policy_AtLeastOneSpecialCharacter: ["At least one other character"],
  Accounts_TwoFactorAuthentication_Enabled: ["Two-factor login"],
  Block_Multiple_Failed_Logins_Enabled: ["Block after failed logins"],
  Block_Multiple_Failed_Logins_By_User: ["Count by account"],
  Block_Multiple_Failed_Logins_By_Ip: ["Count by address"],
  Block_Multiple_Failed_Logins_Attempts_Until_Block_by_User: ["Failed logins before an account is blocked"],
  Block_Multiple_Failed_Logins_Attempts_Until_Block_By_Ip: ["Failed logins before an address is blocked"],
  Block_Multiple_Failed_Logins_Time_To_Unblock_By_User_In_Minutes: ["Minutes until an account is free again"],
  Block_Multiple_Failed_Logins_Time_To_Unblock_By_Ip_In_Minutes: ["Minutes until an address is free again"],
  Block_Multiple_Failed_Logins_Ip_Whitelist: ["Addresses that are never blocked", "Separated by commas."],
  Message_MaxAllowedSize: ["Longest message", "Characters."],
  Message_AllowEditing: ["People may edit their messages"],
  Message_AllowEditing_BlockEditInMinutes: ["Minutes in which a message can be edited", "0 for no limit."],
  Message_AllowDeleting: ["People may delete their messages"],
  Message_AllowDeleting_BlockDeleteInMinutes: ["Minutes in which a message can be deleted", "0 for no limit."],
  Message_ShowDeletedStatus: ["Leave a mark where a message was deleted"],
  Message_KeepHistory: ["Keep earlier texts of edited messages"],
  Message_AllowPinning: ["Pinned messages"],
  Message_AllowStarring: ["Starred messages"],
  Message_GroupingPeriod: ["Group messages of one author", "Seconds within which they stand under one name."],
  FileUpload_Enabled: ["File upload"],
  FileUpload_MaxFileSize: ["Largest file", "Bytes; -1 for no limit."],
  FileUpload_MediaTypeWhiteList: ["Accepted media types", "Separated by commas; empty accepts all."],
  FileUpload_MediaTypeBlackList: ["Refused media types", "Separated by commas."],
  FileUpload_Storage_Type: ["Where files are kept"],
  SMTP_Host: ["Mail server"],
  SMTP_Port: ["Port"],
  SMTP_Username: ["Username"],
  SMTP_Password: ["Password"],
  From_Email: ["Sender of mail"],
  API_Enable_Rate_Limiter: ["Limit calls"],
  API_Enable_Rate_Limiter_Limit_Calls_Default: ["Calls of an endpoint", "In the time below, by one address."],
  API_Enable_Rate_Limiter_Limit_Time_Default: ["Time", "Milliseconds."],
  API_Upper_Count_Limit: ["Longest page of a list"],
  API_Default_Count: ["Usual page of a list"],
  API_Allow_Infinite_Count: ["Lists may be asked for whole", "With count=0."],
  API_Enable_CORS: ["Pages of other origins may call"],
  API_CORS_Origin: ["Origins that may call", "Separated by commas; * for all."],
  UTF8_Channel_Names_Validation: ["Characters in room names", "A regular expression."],
  UTF8_User_Names_Validation: ["Characters in usernames", "A regular expression."],
  UI_Use_Real_Name: ["Show names instead of usernames"],
  UI_Allow_room_names_with_special_chars: ["Room names may have any character"],
  "theme-custom-css": ["Styles of your own", "CSS that is added to the pages of the other client."],
  "Meta_google-site-verification": ["Google site verification"],
  Unread_Count: ["What counts as unread in rooms"],
  Unread_Count_DM: ["What counts as unread in direct messages"],
  First_Channel_After_Login: ["Room that is shown after the login"],
  Message_MaxAll: ["Members up to which @all may be used", "0 for no limit."],
  Message_AllowDirectMessagesToYourself: ["Direct messages to oneself"],
  DirectMesssage_maxUsers: ["Most people in a direct message"],
  Store_Last_Message: ["Keep the last message with each room"],
  API_Embed: ["Previews of links"],
  API_EmbedCacheExpirationDays: ["Days for which previews are kept"],
  API_EmbedIgnoredHosts: ["Hosts without previews", "Separated by commas."],
  API_EmbedSafePorts: ["Ports that previews may ask", "Separated by commas."],
  API_Embed_UserAgent: ["User agent of previews"],
  RetentionPolicy_TTL_Channels: ["Keep messages of channels for"],
  RetentionPolicy_TTL_Groups: ["Keep messages of private groups for"],
  RetentionPolicy_TTL_DMs: ["Keep direct messages for"],
  Restart: ["Restart"],
  UI_DisplayRoles: ["Show roles beside names"],
};

const headings: Record<string, string> = {
  "End-to-end_encryption": "End-to-end encryption",
  CustomSoundsFilesystem: "Custom sounds",
  EmojiCustomFilesystem: "Custom emoji",
  RetentionPolicy: "Retention policy",
  UserDataDownload: "Download of own data",
  AtlassianCrowd: "Atlassian Crowd",
  Call_Center: "Call center",
  VoIP_TeamCollab: "VoIP in teams",
  Federation: "Federation",
  Meta: "Search engines",
  "Rate Limiter": "Rate limits",
  "Google Cloud Storage": "Google Cloud Storage",
  "Google Maps": "Google Maps",
  "GitHub Enterprise": "GitHub Enterprise",
  Outlook_Calendar: "Outlook calendar",
  other: "Other",
};

/** What a setting is called. */
export function label(setting: Definition): string {
  return known[setting._id]?.[0] ?? labelOf(setting);
}

/** What there is to say of a setting beyond its label. */
export function hint(setting: Definition): string | undefined {
  return known[setting._id]?.[1];
}

/** What a group, a tab or a section is called. */
export function heading(id: string, group?: string): string {
  return headings[id] ?? headingOf(id, group);
}

/** System messages, by the last part of the id of their choice. */
const systemMessages: Record<string, string> = {
  uj: "Joined the room", ujt: "Joined the team", ul: "Left the room", ult: "Left the team", ru: "Removed from the room", au: "Added to the room", mute_unmute: "Muted and unmuted",
  removed_user_from_team: "Removed from the team", added_user_to_team: "Added to the team", r: "Renamed the room", rm: "Message deleted", ut: "Joined a conversation",
  subscription_role_added: "Became a role in the room", subscription_role_removed: "No longer a role in the room", room_archived: "Room archived", room_unarchived: "Room brought back",
};

/** What a choice of a setting is called. */
export function choice(setting: Definition, name: string): string {
  // Only ids are turned into words; a sign or a phrase stays what it is.
  if (!/^[\p{L}\d][\p{L}\d_]+$/u.test(name)) return name;
  const hidden = /^Message_HideType_(\w+)$/.exec(name)?.[1];
  if (hidden) return systemMessages[hidden] ?? phrase(hidden);
  const short = labelOf({ _id: name, group: setting._id, section: setting.group });
  return labelOf({ _id: short.replaceAll(" ", "_"), group: setting.i18nLabel });
}

/** What the button of an action says. */
export function actionName(setting: Definition): string {
  return setting.actionText ? phrase(setting.actionText) : label(setting);
}
