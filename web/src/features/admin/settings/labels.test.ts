import { describe, expect, it } from "vitest";
import { headingOf, labelOf, phrase, wordsOf } from "./labels";

describe("wordsOf", () => {
  it("parts at underscores and capitals", () => {
    expect(wordsOf("Accounts_TwoFactorAuthentication_MaxDelta")).toEqual(["Accounts", "Two", "Factor", "Authentication", "Max", "Delta"]);
    expect(wordsOf("FileUpload_S3_AWSAccessKeyId")).toEqual(["File", "Upload", "S3", "AWS", "Access", "Key", "Id"]);
    expect(wordsOf("VoIP_JWT_Secret")).toEqual(["VoIP", "JWT", "Secret"]);
    expect(wordsOf("Accounts_AllowPasswordChangeForOAuthUsers").slice(-3)).toEqual(["For", "OAuth", "Users"]);
  });
});

describe("phrase", () => {
  it.each([
    ["Site_Url", "Site URL"],
    ["allow_text_messages", "Allow text messages"],
    ["LDAP_Group_Filter_Enable", "LDAP group filter enable"],
    ["FileUpload", "File upload"],
    ["End-to-end_encryption", "End-to-end encryption"],
    ["OAuth", "OAuth"],
  ])("writes %s", (id, text) => expect(phrase(id)).toBe(text));
});

describe("labelOf", () => {
  it.each([
    [{ _id: "LDAP_Login_Fallback", group: "LDAP" }, "Login fallback"],
    [{ _id: "Accounts_TwoFactorAuthentication_By_Email_Enabled", group: "Accounts", section: "Two Factor Authentication" }, "By email enabled"],
    [{ _id: "Accounts_OAuth_GitHub_Enterprise_secret", group: "OAuth", section: "GitHub Enterprise" }, "Secret"],
    [{ _id: "Accounts_OAuth_Apple", group: "OAuth", section: "Apple" }, "Enabled"],
    [{ _id: "RetentionPolicy_AppliesToDMs", group: "RetentionPolicy" }, "Applies to DMs"],
    [{ _id: "E2E_Passphrase_Policy_Min_Length", group: "End-to-end_encryption" }, "Min length"],
    [{ _id: "Accounts", group: "Accounts" }, "Accounts"],
    [{ _id: "Assets_logo", i18nLabel: "logo (svg, png, jpg)", group: "Assets" }, "Logo (svg, png, jpg)"],
    [{ _id: "Accounts_CustomFields", i18nLabel: "Custom_Fields", group: "Accounts" }, "Custom fields"],
  ])("names %j", (setting, text) => expect(labelOf(setting)).toBe(text));
});

describe("headingOf", () => {
  it.each([
    ["LDAP_DataSync_AutoLogout", "LDAP", "Data sync auto logout"],
    ["SAML_Section_2_Certificate", "SAML", "Certificate"],
    ["Accounts_Default_User_Preferences", "Accounts", "Default user preferences"],
    ["Amazon S3", "FileUpload", "Amazon S3"],
  ])("heads %s", (id, group, text) => expect(headingOf(id, group)).toBe(text));
});
