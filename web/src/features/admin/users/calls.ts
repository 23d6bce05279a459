// What is asked of the server about accounts.

import { answered, rest } from "@/lib/api/rest";
import type { Email, Moment, PresenceStatus } from "@/lib/protocol/documents";

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

const filters: Record<AccountFilter, { status?: "active" | "deactivated"; hasLoggedIn?: boolean }> = {
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

export async function listAccounts({ filter, role, sought, order, offset, count }: AccountQuery): Promise<Accounts> {
  const query = { ...filters[filter], roles: role ? [role] : undefined, searchTerm: sought || undefined, sort: order || undefined, offset, count };
  return (await answered(rest.GET("/api/v1/users.listByStatus", { params: { query } }))) as unknown as Accounts;
}

export async function readAccount(userId: string): Promise<Account> {
  return (await answered(rest.GET("/api/v1/users.info", { params: { query: { userId } } }))).user as unknown as Account;
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

export async function createAccount({ name = "", username = "", email = "", password = "", ...form }: AccountForm): Promise<Account> {
  // A password is published as required even where the server makes one up.
  const body = { name, username, email, password, ...form };
  return (await answered(rest.POST("/api/v1/users.create", { body }))).user as unknown as Account;
}

export async function changeAccount(userId: string, data: AccountForm): Promise<Account> {
  return (await answered(rest.POST("/api/v1/users.update", { body: { userId, data } }))).user as unknown as Account;
}

export async function setActive(userId: string, activeStatus: boolean, confirmRelinquish: boolean): Promise<void> {
  await answered(rest.POST("/api/v1/users.setActiveStatus", { body: { userId, activeStatus, confirmRelinquish } }));
}

export async function deleteAccount(userId: string, confirmRelinquish: boolean): Promise<void> {
  await answered(rest.POST("/api/v1/users.delete", { body: { userId, confirmRelinquish } }));
}

export async function logOutEverywhere(userId: string): Promise<void> {
  await answered(rest.POST("/api/v1/users.logout", { body: { userId } }));
}

export async function setRole(username: string, roleId: string, holds: boolean): Promise<void> {
  const body = { username, roleId };
  await (holds ? answered(rest.POST("/api/v1/roles.addUserToRole", { body })) : answered(rest.POST("/api/v1/roles.removeUserFromRole", { body })));
}
