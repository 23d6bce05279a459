// What is asked of the server about accounts.

import type { Email, Moment, PresenceStatus } from "@/lib/protocol/documents";
import { get, post } from "../parts/send";

export interface Account {
  _id: string;
  username?: string;
  name?: string;
  nickname?: string;
  emails?: Email[];
  roles?: string[];
  type?: string;
  status?: PresenceStatus;
  statusText?: string;
  active?: boolean;
  bio?: string;
  avatarETag?: string;
  createdAt?: Moment;
  lastLogin?: Moment;
  reason?: string;
  requirePasswordChange?: boolean;
}

export interface Accounts {
  users: Account[];
  total: number;
  offset: number;
  count: number;
}

/** Which accounts a list shows. */
export type AccountFilter = "all" | "active" | "deactivated" | "new";

const filters: Record<AccountFilter, Record<string, string | boolean>> = {
  all: {},
  active: { status: "active" },
  deactivated: { status: "deactivated" },
  new: { hasLoggedIn: false },
};

export interface AccountQuery {
  filter: AccountFilter;
  role: string;
  sought: string;
  order: string;
  offset: number;
  count: number;
}

export function listAccounts({ filter, role, sought, order, offset, count }: AccountQuery): Promise<Accounts> {
  return get<Accounts>("users.listByStatus", { ...filters[filter], "roles[]": role, searchTerm: sought, sort: order, offset, count });
}

export async function readAccount(userId: string): Promise<Account> {
  return (await get<{ user: Account }>("users.info", { userId })).user;
}

/** What an administrator fills in; what is absent stays as it is. */
export interface AccountForm {
  name?: string;
  username?: string;
  email?: string;
  verified?: boolean;
  password?: string;
  setRandomPassword?: boolean;
  requirePasswordChange?: boolean;
  roles?: string[];
  joinDefaultChannels?: boolean;
}

export async function createAccount(form: AccountForm): Promise<Account> {
  // A password is published as required even where the server makes one up.
  return (await post<{ user: Account }>("users.create", { password: "", ...form })).user;
}

export async function changeAccount(userId: string, data: AccountForm): Promise<Account> {
  return (await post<{ user: Account }>("users.update", { userId, data })).user;
}

export async function setActive(userId: string, activeStatus: boolean, confirmRelinquish: boolean): Promise<void> {
  await post("users.setActiveStatus", { userId, activeStatus, confirmRelinquish });
}

export async function deleteAccount(userId: string, confirmRelinquish: boolean): Promise<void> {
  await post("users.delete", { userId, confirmRelinquish });
}

export async function logOutEverywhere(userId: string): Promise<void> {
  await post("users.logout", { userId });
}

export async function setRole(username: string, roleId: string, holds: boolean): Promise<void> {
  await post(holds ? "roles.addUserToRole" : "roles.removeUserFromRole", { username, roleId });
}
