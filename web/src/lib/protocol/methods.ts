// The methods that this client calls: their parameters and results.

import type { Message, Permission, Room, Setting, SettingValue, Subscription, UserRef, PresenceStatus } from "./documents";

/** What changed since a moment. */
export interface Changes<T> {
  update: T[];
  remove: { _id: string; _deletedAt?: Date }[];
}

export interface History {
  messages: Message[];
  unreadNotLoaded?: number;
  firstUnread?: Message;
}

export interface LoginResult {
  id: string;
  token: string;
  tokenExpires?: Date;
  type?: string;
}

export interface FoundUser extends UserRef {
  username: string;
  status?: PresenceStatus;
  statusText?: string;
  nickname?: string;
  avatarETag?: string;
  utcOffset?: number;
  /** Not a member of the room that was searched from. */
  outside?: boolean;
}

export interface FoundRoom {
  _id: string;
  t: "c" | "p" | "d";
  name: string;
  fname?: string;
}

export interface RoomChanges {
  roomName?: string;
  roomTopic?: string;
  roomDescription?: string;
  roomAnnouncement?: string;
  roomType?: "c" | "p";
  readOnly?: boolean;
  reactWhenReadOnly?: boolean;
  default?: boolean;
}

/** Each method's parameters and result. */
export interface Methods {
  login(how: object): LoginResult;
  logout(): void;
  logoutOtherClients(): { token: string; tokenExpires: Date };
  removeOtherTokens(): void;
  registerUser(form: Record<string, string | undefined>): string;
  "public-settings/get"(since?: Date): Setting[] | Changes<Setting>;
  "permissions/get"(since?: Date): Permission[] | Changes<Permission>;
  "rooms/get"(since: Date): Changes<Room>;
  "subscriptions/get"(since: Date): Changes<Subscription>;
  "messages/get"(rid: string, options: { lastUpdate: Date }): { updated: Message[]; deleted: { _id: string }[] };
  loadHistory(rid: string, before: Date | null, limit: number, lastSeen?: Date | null): History;
  loadNextMessages(rid: string, after: Date, limit: number): { messages: Message[] };
  loadSurroundingMessages(message: { _id: string; rid: string }, limit: number): { messages: Message[]; moreBefore: boolean; moreAfter: boolean };
  getSingleMessage(id: string): Message;
  sendMessage(message: { _id: string; rid: string; msg: string }): Message;
  updateMessage(message: { _id: string; rid: string; msg: string }): void;
  deleteMessage(message: { _id: string }): void;
  setReaction(reaction: string, messageId: string, shouldReact?: boolean): void;
  readMessages(rid: string, readThreads?: boolean): void;
  unreadMessages(first: { _id: string }): void;
  openRoom(rid: string): number;
  hideRoom(rid: string): number;
  toggleFavorite(rid: string, favorite: boolean): number;
  joinRoom(rid: string, code?: string): boolean;
  leaveRoom(rid: string): void;
  getRoomById(rid: string): Room;
  getRoomByTypeAndName(type: string, name: string): Room;
  getRoomRoles(rid: string): { _id: string; rid: string; u: UserRef; roles: string[] }[];
  getUserRoles(): { _id: string; username: string; roles: string[] }[];
  getUsersOfRoom(rid: string, showAll: boolean, page: { limit: number; skip: number }, filter?: string): { total: number; records: FoundUser[] };
  spotlight(text: string, exclude: string[], kinds: { users: boolean; rooms: boolean; mentions?: boolean }, rid?: string): { users: FoundUser[]; rooms: FoundRoom[] };
  browseChannels(query: Record<string, unknown>): { total: number; results: unknown[] } | undefined;
  createChannel(name: string, members: string[], readOnly: boolean, customFields: object, extra: object): { rid: string; name: string };
  createPrivateGroup(name: string, members: string[], readOnly: boolean, customFields: object, extra: object): { rid: string; name: string };
  createDirectMessage(...usernames: string[]): { rid: string; t: "d" };
  addUsersToRoom(to: { rid: string; users: string[] }): boolean;
  removeUserFromRoom(from: { rid: string; username: string }): boolean;
  addRoomOwner(rid: string, uid: string): boolean;
  removeRoomOwner(rid: string, uid: string): boolean;
  addRoomModerator(rid: string, uid: string): boolean;
  removeRoomModerator(rid: string, uid: string): boolean;
  addRoomLeader(rid: string, uid: string): boolean;
  removeRoomLeader(rid: string, uid: string): boolean;
  muteUserInRoom(who: { rid: string; username: string }): boolean;
  unmuteUserInRoom(who: { rid: string; username: string }): boolean;
  ignoreUser(who: { rid: string; userId: string; ignore: boolean }): boolean;
  blockUser(who: { rid: string; blocked: string }): boolean;
  unblockUser(who: { rid: string; blocked: string }): boolean;
  archiveRoom(rid: string): void;
  unarchiveRoom(rid: string): void;
  eraseRoom(rid: string): boolean;
  saveRoomSettings(rid: string, changes: RoomChanges): { result: true; rid: string };
  saveNotificationSettings(rid: string, field: string, value: string): boolean;
  setUserStatus(status: PresenceStatus | undefined, text: string | null): void;
  "UserPresence:online"(): boolean;
  "UserPresence:away"(): boolean;
  "UserPresence:setDefaultStatus"(status: PresenceStatus): boolean;
  userSetUtcOffset(hours: number): void;
  saveUserPreferences(preferences: Record<string, unknown>): boolean;
  slashCommand(command: { cmd: string; params: string; msg: { _id: string; rid: string; msg: string }; triggerId: string }): unknown;
  changePassword(old: string | { digest: string; algorithm: "sha-256" }, password: string): boolean;
  "personalAccessTokens:generateToken"(token: { tokenName: string; bypassTwoFactor: boolean }): string;
  "personalAccessTokens:regenerateToken"(token: { tokenName: string }): string;
  "personalAccessTokens:removeToken"(token: { tokenName: string }): void;
  checkUsernameAvailability(username: string): boolean;
  getUsernameSuggestion(): string | undefined;
  setUsername(username: string): string;
  setUserPassword(password: string): unknown;
  roomNameExists(name: string): boolean;
  checkRegistrationSecretURL(secret: string): boolean;
  saveSetting(id: string, value: SettingValue, editor?: string): boolean;
  "authorization:addPermissionToRole"(permission: string, role: string): void;
  "authorization:removeRoleFromPermission"(permission: string, role: string): void;
  saveSettings(changes: { _id: string; value: SettingValue }[]): boolean;
  "private-settings/get"(since?: Date): Setting[] | Changes<Setting>;
  "stream-notify-room"(event: string, ...args: unknown[]): void;
}

export type Method = keyof Methods;
export type Params<M extends Method> = Parameters<Methods[M]>;
export type Result<M extends Method> = ReturnType<Methods[M]>;
