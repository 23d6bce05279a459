//! Every permission, with the roles that hold it on a new server.

macro_rules! permissions {
    ($($name:ident $id:literal [$($role:literal),*];)*) => {
        /// A permission: an act, or a family of acts, that roles may be granted.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Permission {
            $(#[doc = concat!("`", $id, "`")] $name,)*
        }

        impl Permission {
            /// Every permission, in the order of its declaration.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// Its name in the protocol.
            pub fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)* }
            }

            /// Reads [`id`](Self::id).
            pub fn from_id(id: &str) -> Option<Self> {
                match id { $($id => Some(Self::$name),)* _ => None }
            }

            /// The roles that hold it until somebody changes that.
            pub fn default_roles(self) -> &'static [&'static str] {
                match self { $(Self::$name => &[$($role),*],)* }
            }
        }
    };
}

permissions! {
    AccessPermissions "access-permissions" ["admin"];
    AccessMarketplace "access-marketplace" ["admin", "user"];
    AccessSettingPermissions "access-setting-permissions" ["admin"];
    AddOauthService "add-oauth-service" ["admin"];
    AddUserToJoinedRoom "add-user-to-joined-room" ["admin", "owner", "moderator"];
    AddUserToAnyCRoom "add-user-to-any-c-room" ["admin"];
    AddUserToAnyPRoom "add-user-to-any-p-room" [];
    KickUserFromAnyCRoom "kick-user-from-any-c-room" ["admin"];
    KickUserFromAnyPRoom "kick-user-from-any-p-room" [];
    ApiBypassRateLimit "api-bypass-rate-limit" ["admin", "bot", "app"];
    ArchiveRoom "archive-room" ["admin", "owner"];
    AssignAdminRole "assign-admin-role" ["admin"];
    AssignRoles "assign-roles" ["admin"];
    BanUser "ban-user" ["admin", "owner", "moderator"];
    BulkRegisterUser "bulk-register-user" ["admin"];
    ChangeLivechatRoomVisitor "change-livechat-room-visitor" ["admin", "livechat-manager", "livechat-agent"];
    CreateC "create-c" ["admin", "user", "federated-external", "bot", "app"];
    CreateD "create-d" ["admin", "user", "federated-external", "bot", "app"];
    CreateP "create-p" ["admin", "user", "federated-external", "bot", "app"];
    CreatePersonalAccessTokens "create-personal-access-tokens" ["admin", "user"];
    CreateUser "create-user" ["admin"];
    CleanChannelHistory "clean-channel-history" ["admin"];
    DeleteC "delete-c" ["admin", "owner"];
    DeleteD "delete-d" ["admin"];
    DeleteMessage "delete-message" ["admin", "owner", "moderator"];
    DeleteOwnMessage "delete-own-message" ["admin", "user", "federated-external"];
    DeleteP "delete-p" ["admin", "owner"];
    DeleteUser "delete-user" ["admin"];
    EditMessage "edit-message" ["admin", "owner", "moderator"];
    EditOtherUserActiveStatus "edit-other-user-active-status" ["admin"];
    EditOtherUserInfo "edit-other-user-info" ["admin"];
    EditOtherUserPassword "edit-other-user-password" ["admin"];
    EditOtherUserAvatar "edit-other-user-avatar" ["admin"];
    EditOtherUserE2ee "edit-other-user-e2ee" ["admin"];
    EditOtherUserTotp "edit-other-user-totp" ["admin"];
    EditPrivilegedSetting "edit-privileged-setting" ["admin"];
    EditRoom "edit-room" ["admin", "owner", "moderator"];
    EditRoomAvatar "edit-room-avatar" ["admin", "owner", "moderator"];
    EditRoomRetentionPolicy "edit-room-retention-policy" ["admin"];
    ForceDeleteMessage "force-delete-message" ["admin", "owner"];
    JoinWithoutJoinCode "join-without-join-code" ["admin", "bot", "app"];
    LeaveC "leave-c" ["admin", "user", "federated-external", "bot", "anonymous", "app"];
    LeaveP "leave-p" ["admin", "user", "federated-external", "bot", "anonymous", "app"];
    LogoutOtherUser "logout-other-user" ["admin"];
    ManageAssets "manage-assets" ["admin"];
    ManageEmailInbox "manage-email-inbox" ["admin"];
    ManageEmoji "manage-emoji" ["admin"];
    ManageUserStatus "manage-user-status" ["admin"];
    ManageOutgoingIntegrations "manage-outgoing-integrations" ["admin"];
    ManageIncomingIntegrations "manage-incoming-integrations" ["admin"];
    ManageOwnOutgoingIntegrations "manage-own-outgoing-integrations" ["admin"];
    ManageOwnIncomingIntegrations "manage-own-incoming-integrations" ["admin"];
    ManageOauthApps "manage-oauth-apps" ["admin"];
    ManageSelectedSettings "manage-selected-settings" ["admin"];
    MentionAll "mention-all" ["admin", "owner", "moderator", "user", "federated-external"];
    MentionHere "mention-here" ["admin", "owner", "moderator", "user", "federated-external"];
    MuteUser "mute-user" ["admin", "owner", "moderator"];
    RemoveUser "remove-user" ["admin", "owner", "moderator"];
    RunImport "run-import" ["admin"];
    RunMigration "run-migration" ["admin"];
    SetModerator "set-moderator" ["admin", "owner"];
    SetOwner "set-owner" ["admin", "owner"];
    SendManyMessages "send-many-messages" ["admin", "bot", "app"];
    SetLeader "set-leader" ["admin", "owner"];
    UnarchiveRoom "unarchive-room" ["admin"];
    ViewCRoom "view-c-room" ["admin", "user", "federated-external", "bot", "app", "anonymous"];
    UserGenerateAccessToken "user-generate-access-token" ["admin"];
    ViewDRoom "view-d-room" ["admin", "user", "federated-external", "bot", "app", "guest"];
    ViewDeviceManagement "view-device-management" ["admin"];
    ViewEngagementDashboard "view-engagement-dashboard" ["admin"];
    ViewFullOtherUserInfo "view-full-other-user-info" ["admin"];
    ViewHistory "view-history" ["admin", "user", "anonymous"];
    ViewJoinedRoom "view-joined-room" ["guest", "bot", "app", "anonymous"];
    ViewJoinCode "view-join-code" ["admin"];
    ViewLogs "view-logs" ["admin"];
    ViewOtherUserChannels "view-other-user-channels" ["admin"];
    ViewPRoom "view-p-room" ["admin", "user", "federated-external", "anonymous", "guest"];
    ViewPrivilegedSetting "view-privileged-setting" ["admin"];
    ViewRoomAdministration "view-room-administration" ["admin"];
    ViewStatistics "view-statistics" ["admin"];
    ViewUserAdministration "view-user-administration" ["admin"];
    PreviewCRoom "preview-c-room" ["admin", "user", "federated-external", "anonymous"];
    ViewOutsideRoom "view-outside-room" ["admin", "owner", "moderator", "user", "federated-external"];
    ViewBroadcastMemberList "view-broadcast-member-list" ["admin", "owner", "moderator"];
    CallManagement "call-management" ["admin", "owner", "moderator", "user"];
    CreateInviteLinks "create-invite-links" ["admin", "owner", "moderator"];
    ViewLRoom "view-l-room" ["livechat-manager", "livechat-monitor", "livechat-agent", "admin"];
    CreateLivechatContact "create-livechat-contact" ["livechat-manager", "livechat-monitor", "livechat-agent", "admin"];
    UpdateLivechatContact "update-livechat-contact" ["livechat-manager", "livechat-monitor", "livechat-agent", "admin"];
    ViewLivechatContact "view-livechat-contact" ["livechat-manager", "livechat-monitor", "livechat-agent", "admin"];
    ViewLivechatContactHistory "view-livechat-contact-history" ["livechat-manager", "livechat-monitor", "livechat-agent", "admin"];
    ViewLivechatManager "view-livechat-manager" ["livechat-manager", "livechat-monitor", "admin"];
    ViewOmnichannelContactCenter "view-omnichannel-contact-center" ["livechat-manager", "livechat-agent", "livechat-monitor", "admin"];
    EditOmnichannelContact "edit-omnichannel-contact" ["livechat-manager", "livechat-agent", "admin"];
    ViewLivechatRooms "view-livechat-rooms" ["livechat-manager", "livechat-monitor", "admin"];
    CloseLivechatRoom "close-livechat-room" ["livechat-manager", "livechat-monitor", "livechat-agent", "admin"];
    CloseOthersLivechatRoom "close-others-livechat-room" ["livechat-manager", "livechat-monitor", "admin"];
    OnHoldLivechatRoom "on-hold-livechat-room" ["livechat-manager", "livechat-monitor", "livechat-agent", "admin"];
    OnHoldOthersLivechatRoom "on-hold-others-livechat-room" ["livechat-manager", "livechat-monitor", "admin"];
    SaveOthersLivechatRoomInfo "save-others-livechat-room-info" ["livechat-manager", "livechat-monitor", "admin"];
    RemoveClosedLivechatRooms "remove-closed-livechat-rooms" ["livechat-manager", "livechat-monitor", "admin"];
    ViewLivechatAnalytics "view-livechat-analytics" ["livechat-manager", "livechat-monitor", "admin"];
    ViewLivechatQueue "view-livechat-queue" ["livechat-manager", "livechat-monitor", "livechat-agent", "admin"];
    TransferLivechatGuest "transfer-livechat-guest" ["livechat-manager", "livechat-monitor", "admin"];
    ManageLivechatManagers "manage-livechat-managers" ["livechat-manager", "admin"];
    ManageLivechatAgents "manage-livechat-agents" ["livechat-manager", "livechat-monitor", "admin"];
    ManageLivechatDepartments "manage-livechat-departments" ["livechat-manager", "livechat-monitor", "admin"];
    ViewLivechatDepartments "view-livechat-departments" ["livechat-manager", "livechat-monitor", "admin"];
    AddLivechatDepartmentAgents "add-livechat-department-agents" ["livechat-manager", "livechat-monitor", "admin"];
    ViewLivechatRealTimeMonitoring "view-livechat-real-time-monitoring" ["livechat-manager", "livechat-monitor", "admin"];
    ViewLivechatTriggers "view-livechat-triggers" ["livechat-manager", "admin"];
    ViewLivechatCustomfields "view-livechat-customfields" ["livechat-manager", "admin"];
    ViewLivechatInstallation "view-livechat-installation" ["livechat-manager", "admin"];
    ViewLivechatAppearance "view-livechat-appearance" ["livechat-manager", "admin"];
    ViewLivechatWebhooks "view-livechat-webhooks" ["livechat-manager", "admin"];
    ViewLivechatBusinessHours "view-livechat-business-hours" ["livechat-manager", "livechat-monitor", "admin"];
    ViewLivechatRoomClosedSameDepartment "view-livechat-room-closed-same-department" ["livechat-manager", "livechat-monitor", "admin"];
    ViewLivechatRoomClosedByAnotherAgent "view-livechat-room-closed-by-another-agent" ["livechat-manager", "livechat-monitor", "admin"];
    ViewLivechatRoomCustomfields "view-livechat-room-customfields" ["livechat-manager", "livechat-monitor", "livechat-agent", "admin"];
    EditLivechatRoomCustomfields "edit-livechat-room-customfields" ["livechat-manager", "livechat-monitor", "livechat-agent", "admin"];
    SendOmnichannelChatTranscript "send-omnichannel-chat-transcript" ["livechat-manager", "admin"];
    MailMessages "mail-messages" ["admin"];
    ToggleRoomE2eEncryption "toggle-room-e2e-encryption" ["owner", "admin"];
    MessageImpersonate "message-impersonate" ["bot", "app"];
    CreateTeam "create-team" ["admin", "user"];
    DeleteTeam "delete-team" ["admin", "owner"];
    ConvertTeam "convert-team" ["admin", "owner"];
    EditTeam "edit-team" ["admin", "owner"];
    AddTeamMember "add-team-member" ["admin", "owner", "moderator"];
    EditTeamMember "edit-team-member" ["admin", "owner", "moderator"];
    AddTeamChannel "add-team-channel" ["admin", "owner", "moderator"];
    EditTeamChannel "edit-team-channel" ["admin", "owner", "moderator"];
    RemoveTeamChannel "remove-team-channel" ["admin", "owner", "moderator"];
    ViewAllTeamChannels "view-all-team-channels" ["admin", "owner"];
    ViewAllTeams "view-all-teams" ["admin"];
    RemoveClosedLivechatRoom "remove-closed-livechat-room" ["livechat-manager", "admin"];
    RemoveLivechatDepartment "remove-livechat-department" ["livechat-manager", "admin"];
    ManageApps "manage-apps" ["admin"];
    PostReadonly "post-readonly" ["admin", "owner", "moderator"];
    SetReadonly "set-readonly" ["admin", "owner"];
    SetReactWhenReadonly "set-react-when-readonly" ["admin", "owner"];
    ManageCloud "manage-cloud" ["admin"];
    ManageSounds "manage-sounds" ["admin"];
    AccessMailer "access-mailer" ["admin"];
    PinMessage "pin-message" ["owner", "moderator", "admin"];
    MobileUploadFile "mobile-upload-file" ["user", "federated-external", "admin"];
    SendMail "send-mail" ["admin"];
    ViewFederationData "view-federation-data" ["admin"];
    AddAllToRoom "add-all-to-room" ["admin"];
    GetServerInfo "get-server-info" ["admin"];
    RegisterOnCloud "register-on-cloud" ["admin"];
    TestAdminOptions "test-admin-options" ["admin"];
    TestPushNotifications "test-push-notifications" ["admin", "user"];
    SyncAuthServicesUsers "sync-auth-services-users" ["admin"];
    RestartServer "restart-server" ["admin"];
    RemoveSlackbridgeLinks "remove-slackbridge-links" ["admin"];
    ViewImportOperations "view-import-operations" ["admin"];
    ClearOembedCache "clear-oembed-cache" ["admin"];
    VideoconfRingUsers "videoconf-ring-users" ["admin", "owner", "moderator", "user"];
    ViewModerationConsole "view-moderation-console" ["admin"];
    ManageModerationActions "manage-moderation-actions" ["admin"];
    BypassTimeLimitEditAndDelete "bypass-time-limit-edit-and-delete" ["bot", "app"];
    StartDiscussion "start-discussion" ["admin", "user", "federated-external", "guest", "app"];
    AutoTranslate "auto-translate" ["admin"];
    StartDiscussionOtherUser "start-discussion-other-user" ["admin", "user", "federated-external", "owner", "app"];
    CanAudit "can-audit" ["admin", "auditor"];
    CanAuditLog "can-audit-log" ["admin", "auditor-log"];
    ViewMembersListAllRooms "view-members-list-all-rooms" ["admin", "auditor"];
    LogoutDeviceManagement "logout-device-management" ["admin"];
    BlockIpDeviceManagement "block-ip-device-management" ["admin"];
    ViewCannedResponses "view-canned-responses" ["livechat-agent", "livechat-monitor", "livechat-manager", "admin"];
    ViewAllCannedResponses "view-all-canned-responses" ["livechat-manager", "admin"];
    ViewAgentCannedResponses "view-agent-canned-responses" ["livechat-agent"];
    SaveCannedResponses "save-canned-responses" ["livechat-agent", "livechat-monitor", "livechat-manager", "admin"];
    SaveAllCannedResponses "save-all-canned-responses" ["livechat-manager", "admin"];
    SaveDepartmentCannedResponses "save-department-canned-responses" ["livechat-monitor"];
    ManageLivechatUnits "manage-livechat-units" ["admin", "livechat-manager"];
    ManageLivechatMonitors "manage-livechat-monitors" ["admin", "livechat-manager"];
    ManageLivechatTags "manage-livechat-tags" ["admin", "livechat-manager"];
    ManageLivechatPriorities "manage-livechat-priorities" ["admin", "livechat-manager"];
    ManageLivechatSla "manage-livechat-sla" ["admin", "livechat-manager"];
    ManageLivechatCannedResponses "manage-livechat-canned-responses" ["admin", "livechat-manager", "livechat-monitor"];
    RequestPdfTranscript "request-pdf-transcript" ["admin", "livechat-manager", "livechat-monitor", "livechat-agent"];
    ViewLivechatReports "view-livechat-reports" ["admin", "livechat-manager", "livechat-monitor"];
    RemoveCannedResponses "remove-canned-responses" ["livechat-agent", "livechat-monitor", "livechat-manager", "admin"];
    DeleteLivechatContact "delete-livechat-contact" ["livechat-manager", "admin"];
    AllowInternalVoiceCalls "allow-internal-voice-calls" ["admin", "user"];
    AllowExternalVoiceCalls "allow-external-voice-calls" ["admin", "user"];
    AllowScreenShareVoiceCalls "allow-screenShare-voice-calls" ["admin", "user"];
    AccessFederation "access-federation" ["admin", "user", "federated-external"];
    ExportMessagesAsPdf "export-messages-as-pdf" ["admin", "user"];
    AbacManagement "abac-management" ["admin"];
    BlockLivechatContact "block-livechat-contact" ["admin", "livechat-manager", "livechat-monitor", "livechat-agent"];
    UnblockLivechatContact "unblock-livechat-contact" ["admin", "livechat-manager", "livechat-monitor", "livechat-agent"];
    OutboundSendMessages "outbound.send-messages" ["admin", "livechat-manager", "livechat-monitor", "livechat-agent"];
    OutboundCanAssignQueues "outbound.can-assign-queues" ["admin", "livechat-manager"];
    OutboundCanAssignAnyAgent "outbound.can-assign-any-agent" ["admin", "livechat-manager", "livechat-monitor"];
    OutboundCanAssignSelfOnly "outbound.can-assign-self-only" ["livechat-agent"];
    ManageAbacAdminSettings "manage-abac-admin-settings" ["admin"];
    ManageAbacAdminRoomAttributes "manage-abac-admin-room-attributes" ["admin"];
    ManageAbacAdminRooms "manage-abac-admin-rooms" ["admin"];
    ViewAbacAdminAudit "view-abac-admin-audit" ["admin"];
    BypassAbacStoreValidation "bypass-abac-store-validation" [];
    EditRoomAbacAttributes "edit-room-abac-attributes" ["admin", "owner"];
    CreateAbacManagedRoom "create-abac-managed-room" ["admin", "user"];
}
