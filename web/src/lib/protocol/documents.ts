// The documents of the protocol, as far as this client reads them. The server's reference is `docs` of the REST API; fields
// that are absent there are optional here.

/** A date as it comes over the socket (read by `ejson`) or over REST (text). */
export type Moment = Date | string;

export type PresenceStatus = "online" | "away" | "busy" | "offline";

export interface UserRef {
  _id: string;
  username?: string;
  name?: string;
}

export interface Email {
  address: string;
  verified: boolean;
}

export type PreferenceValue = string | number | boolean | string[] | null;
export type Preferences = Record<string, PreferenceValue | undefined>;

export interface User extends UserRef {
  active?: boolean;
  type?: string;
  roles?: string[];
  emails?: Email[];
  status?: PresenceStatus | "disabled";
  statusDefault?: PresenceStatus;
  statusText?: string;
  utcOffset?: number;
  language?: string;
  bio?: string;
  nickname?: string;
  avatarETag?: string;
  createdAt?: Moment;
  lastLogin?: Moment;
  requirePasswordChange?: boolean;
  settings?: { preferences?: Preferences };
  customFields?: Record<string, unknown>;
}

export type RoomType = "c" | "p" | "d" | "l";

/** How an address names a room. */
export interface Named {
  type: RoomType;
  name: string;
}

export interface Room {
  _id: string;
  t: RoomType;
  name?: string;
  fname?: string;
  u?: UserRef;
  ts?: Moment;
  lm?: Moment;
  msgs?: number;
  usersCount?: number;
  lastMessage?: Message;
  topic?: string;
  description?: string;
  announcement?: string;
  ro?: boolean;
  reactWhenReadOnly?: boolean;
  sysMes?: string[] | boolean;
  muted?: string[];
  unmuted?: string[];
  archived?: boolean;
  default?: boolean;
  joinCodeRequired?: boolean;
  uids?: string[];
  usernames?: string[];
  prid?: string;
  avatarETag?: string;
  _updatedAt?: Moment;
}

export type NotificationLevel = "default" | "all" | "mentions" | "nothing";

export interface Subscription {
  _id: string;
  rid: string;
  t: RoomType;
  u: UserRef;
  name: string;
  fname?: string;
  open: boolean;
  alert: boolean;
  unread: number;
  userMentions?: number;
  groupMentions?: number;
  ts?: Moment;
  ls?: Moment;
  lr?: Moment;
  f?: boolean;
  roles?: string[];
  archived?: boolean;
  prid?: string;
  desktopNotifications?: NotificationLevel;
  mobilePushNotifications?: NotificationLevel;
  emailNotifications?: NotificationLevel;
  /** Whether a level is this room's own, or follows from the preferences. */
  desktopPrefOrigin?: "subscription" | "user";
  mobilePrefOrigin?: "subscription" | "user";
  emailPrefOrigin?: "subscription" | "user";
  audioNotificationValue?: string;
  unreadAlert?: NotificationLevel;
  disableNotifications?: boolean;
  hideUnreadStatus?: boolean;
  hideMentionStatus?: boolean;
  muteGroupMentions?: boolean;
  ignored?: string[];
  blocked?: boolean;
  blocker?: boolean;
  _updatedAt?: Moment;
}

export interface Mention {
  _id: string;
  username?: string;
  name?: string;
  type?: "user" | "team";
}

export interface Reaction {
  usernames: string[];
  names?: string[];
}

export interface Attachment {
  type?: string;
  title?: string;
  title_link?: string;
  text?: string;
  md?: Block[];
  ts?: Moment;
  color?: string;
  collapsed?: boolean;
  author_name?: string;
  author_link?: string;
  author_icon?: string;
  message_link?: string;
  pretext?: string;
  image_url?: string;
  image_dimensions?: { width: number; height: number };
  thumb_url?: string;
  fields?: { title: string; value: string; short?: boolean }[];
  attachments?: Attachment[];
  description?: string;
}

export interface Message {
  _id: string;
  rid: string;
  msg: string;
  ts: Moment;
  u: UserRef;
  t?: string;
  md?: Block[];
  urls?: { url: string; meta?: Record<string, string>; ignoreParse?: boolean }[];
  mentions?: Mention[];
  channels?: { _id: string; name: string; fname?: string }[];
  attachments?: Attachment[];
  reactions?: Record<string, Reaction>;
  starred?: { _id: string }[];
  pinned?: boolean;
  editedAt?: Moment;
  editedBy?: UserRef;
  groupable?: boolean;
  alias?: string;
  avatar?: string;
  emoji?: string;
  role?: string;
  private?: boolean;
  tmid?: string;
  tshow?: boolean;
  tcount?: number;
  tlm?: Moment;
  drid?: string;
  _updatedAt?: Moment;
}

/** A piece of text within a paragraph. */
export type Inline =
  | { type: "PLAIN_TEXT"; value: string }
  | { type: "BOLD" | "ITALIC" | "STRIKE" | "SPOILER"; value: Inline[] }
  | { type: "INLINE_CODE"; value: PlainText }
  | { type: "LINK"; value: { src: PlainText; label: Inline | Inline[] } }
  | { type: "IMAGE"; value: { src: PlainText; label: Inline | Inline[] } }
  | { type: "MENTION_USER" | "MENTION_CHANNEL"; value: PlainText }
  | { type: "EMOJI"; value?: PlainText; shortCode?: string; unicode?: string }
  | { type: "COLOR"; value: { r: number; g: number; b: number; a: number } }
  | { type: "INLINE_KATEX"; value: string }
  | { type: "TIMESTAMP"; value: { timestamp: string; format: string }; fallback?: PlainText };

export interface PlainText {
  type: "PLAIN_TEXT";
  value: string;
}

export interface ListItem {
  type: "LIST_ITEM";
  value: Inline[];
  number?: number;
}

/** A block of a message: what the server made of its text. */
export type Block =
  | { type: "PARAGRAPH"; value: Inline[] }
  | { type: "HEADING"; value: PlainText[]; level: 1 | 2 | 3 | 4 }
  | { type: "CODE"; value: { type: "CODE_LINE"; value: PlainText }[]; language?: string }
  | { type: "QUOTE" | "SPOILER_BLOCK"; value: { type: "PARAGRAPH"; value: Inline[] }[] }
  | { type: "UNORDERED_LIST" | "ORDERED_LIST"; value: ListItem[] }
  | { type: "TASKS"; value: { type: "TASK"; status: boolean; value: Inline[] }[] }
  | { type: "BIG_EMOJI"; value: Inline[] }
  | { type: "LINE_BREAK" }
  | { type: "KATEX"; value: string };

export interface Role {
  _id: string;
  name: string;
  scope: "Users" | "Subscriptions";
  description?: string;
  protected?: boolean;
  mandatory2fa?: boolean;
}

export interface Permission {
  _id: string;
  roles: string[];
  group?: string;
  level?: string;
  settingId?: string;
  _updatedAt?: Moment;
}

export type SettingValue = string | number | boolean | null | string[] | Record<string, unknown>;

export interface Setting {
  _id: string;
  value: SettingValue;
  packageValue?: SettingValue;
  type?: string;
  group?: string;
  section?: string;
  tab?: string;
  public?: boolean;
  hidden?: boolean;
  blocked?: boolean;
  secret?: boolean;
  i18nLabel?: string;
  i18nDescription?: string;
  enableQuery?: string | object;
  displayQuery?: string | object;
  values?: { key: string; i18nLabel: string }[];
  sorter?: number;
  multiline?: boolean;
  placeholder?: string;
  valueSource?: string;
}

export type ClientAction = "inserted" | "updated" | "removed" | "changed";
