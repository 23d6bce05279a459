export { OwnMenu } from "./OwnMenu";
export { PeoplePicker, type PeoplePickerProps } from "./PeoplePicker";
export { PresenceMenu } from "./PresenceMenu";
export { ProfileCard, type ProfileCardProps } from "./ProfileCard";
export { forgetProfile, useProfile } from "./profile";
export { usePresence } from "./presence";
export { usePeopleSearch } from "./search";
export { messageTo } from "./message";
export { dayOf } from "./times";
