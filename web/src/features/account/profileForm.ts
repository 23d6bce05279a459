import type { User } from "@/lib/protocol/documents";

/** What people write about themselves. */
export interface ProfileForm {
  name: string;
  username: string;
  nickname: string;
  bio: string;
  email: string;
}

export function profileOf(user: User): ProfileForm {
  return {
    name: user.name ?? "",
    username: user.username ?? "",
    nickname: user.nickname ?? "",
    bio: user.bio ?? "",
    email: user.emails?.[0]?.address ?? "",
  };
}

/** What is to be told to the server: only what is another. */
export function changesOf(form: ProfileForm, before: ProfileForm): Partial<ProfileForm> {
  const keys = Object.keys(form) as (keyof ProfileForm)[];
  return Object.fromEntries(keys.filter((key) => form[key].trim() !== before[key]).map((key) => [key, form[key].trim()]));
}
