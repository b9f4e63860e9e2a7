// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

/// @title IAccessManager
/// @notice Who may call what of the suite, after which delay, and who may cancel it meanwhile.
///
/// This file is the source of every function, event and error of the access manager. It has all of
/// OpenZeppelin's AccessManager 5.7: the same answers, errors, events and order of checks, but for
/// what is told below. Times are seconds of `block.timestamp`, delays are seconds.
///
/// A role is a number. A function of a target is open to the members of one role, to those of ADMIN
/// until it is given another. A member has an execution delay: without one it calls at once, with
/// one it calls `schedule`, waits, and calls `execute` (or the target itself) within a week.
///
/// | role | |
/// |---|---|
/// | 0 | ADMIN: grants roles, gives functions to roles |
/// | 1, 2, 3 | CURATOR, ATTESTER, SLASHER |
/// | 4, 5, 6 | VETOER, GUARDIAN, TREASURY |
/// | 2^64 - 1 | PUBLIC: everybody is a member |
/// | 2^64 - 2 | NOBODY: nobody ever is |
///
/// What OpenZeppelin's does otherwise:
///
/// - **ADMIN waits.** No grant of ADMIN has an execution delay below 2 days. Only the first admin
///   has none for the first day after construction, to set up the suite; then 2 days hold for it,
///   too, without anybody's doing.
/// - **No role stops its own removal.** Whoever is a member of a role, or is one soon or is
///   suspended, cannot cancel another's operation that changes this role: `grantRole`, `revokeRole`,
///   `setRoleAdmin`, `setRoleGuardian` and `setGrantDelay` on the manager with this role as the first
///   argument. If the role is ADMIN, only the proposer can cancel: ADMIN decides who else could, so
///   that a helper without the role would be a way around.
/// - **NOBODY.** A function given to NOBODY is given up for ever: its role cannot be set again, and
///   the authority of its target is fixed, as a new one could open the function. NOBODY itself cannot
///   be granted, revoked, labelled or configured. Functions of the manager cannot be given up.
/// - **Suspension.** A member of GUARDIAN takes ATTESTER or SLASHER from an account at once, for at
///   most 7 days. It ends by itself, and 7 days free of suspension follow. The membership stays and
///   can be revoked or renounced, which ends the suspension with it: granted anew, the account is not
///   suspended.
/// - **Re-entry is refused.** While the manager is out on a call, every entry but views refuses
///   whoever is not the manager itself. OpenZeppelin's lets a target schedule, execute and cancel.
/// - **No empty answer.** What OpenZeppelin's refuses without a word has a typed error. Calldata has
///   at most 8,192 bytes, so has an answer of `multicall`, and of a target's error the first 8,192
///   bytes come back. A time so late that adding a week leaves 48 bits is late; OpenZeppelin's
///   panics.
///
/// Checks run in the order told by `ILiquidStaking`: `CalldataTooLong`, `SelectorUnknown`,
/// `ValueRefused`, `ReentryRefused`, `ArgumentsInvalid`, then the entry's own. An entry that says
/// "ADMIN" or "role admin" begins with these: the caller's operation is consumed if the caller has a
/// delay (`AccessManagerNotScheduled`, `AccessManagerNotReady`, `AccessManagerExpired`), or else the
/// caller must be a member (`AccessManagerUnauthorizedAccount`).
interface IAccessManager {
    // ---------------------------------------------------------------------------------- events

    /// @notice `caller` announced a call. From `schedule` on, for a week, it can be made.
    /// @param nonce how often this operation has been scheduled
    event OperationScheduled(
        bytes32 indexed operationId,
        uint32 indexed nonce,
        uint48 schedule,
        address caller,
        address target,
        bytes data
    );

    /// @notice A scheduled operation was used.
    event OperationExecuted(bytes32 indexed operationId, uint32 indexed nonce);

    /// @notice A scheduled operation was taken back.
    event OperationCanceled(bytes32 indexed operationId, uint32 indexed nonce);

    /// @notice A role got a name, for people to read.
    event RoleLabel(uint64 indexed roleId, string label);

    /// @notice An account became a member of a role, or its execution delay changed.
    /// @param since when it is a member; if it was one already, when `delay` holds
    event RoleGranted(
        uint64 indexed roleId,
        address indexed account,
        uint32 delay,
        uint48 since,
        bool newMember
    );

    /// @notice An account is no longer a member of a role.
    event RoleRevoked(uint64 indexed roleId, address indexed account);

    /// @notice Members of `admin` grant and revoke the role from now on.
    event RoleAdminChanged(uint64 indexed roleId, uint64 indexed admin);

    /// @notice Members of `guardian` cancel operations of the role from now on.
    event RoleGuardianChanged(uint64 indexed roleId, uint64 indexed guardian);

    /// @notice From `since` on, new members of the role wait for `delay` before they are members.
    event RoleGrantDelayChanged(uint64 indexed roleId, uint32 delay, uint48 since);

    /// @notice No function of the target can be called by its role, or all can again.
    event TargetClosed(address indexed target, bool closed);

    /// @notice A function of the target is open to members of `roleId` from now on.
    event TargetFunctionRoleUpdated(
        address indexed target,
        bytes4 selector,
        uint64 indexed roleId
    );

    /// @notice From `since` on, changes of the target's settings wait for `delay`.
    event TargetAdminDelayUpdated(address indexed target, uint32 delay, uint48 since);

    /// @notice A guardian took a role from an account until `until`.
    event Suspended(
        uint64 indexed roleId,
        address indexed account,
        address indexed guardian,
        uint48 until
    );

    /// @notice A guardian ended a suspension before its time.
    event SuspensionEnded(
        uint64 indexed roleId,
        address indexed account,
        address indexed guardian
    );

    // ---------------------------------------------------------------------------------- errors

    /// @notice The calldata is longer than the manager reads.
    error CalldataTooLong(uint256 size, uint256 limit);

    /// @notice No entry has this selector.
    /// @param selector first 4 bytes of the calldata, missing ones as zero
    /// @param size length of the calldata
    error SelectorUnknown(bytes4 selector, uint256 size);

    /// @notice METIS was sent to an entry that takes none.
    error ValueRefused(bytes4 selector, uint256 value);

    /// @notice A state-changing entry was called while the manager is out on a call.
    error ReentryRefused(bytes4 selector);

    /// @notice The calldata does not hold the entry's arguments, or, as `data`, those of a call of the
    /// manager whose rules must be looked up.
    /// @param size length of the calldata
    error ArgumentsInvalid(bytes4 selector, uint256 size);

    /// @notice The answers of a `multicall` are longer than the manager gives.
    error AnswerTooLong(uint256 size, uint256 limit);

    /// @notice The manager has been constructed before.
    error ConstructionRepeated();

    /// @notice The first admin may not be the zero address.
    error AccessManagerInvalidInitialAdmin(address initialAdmin);

    /// @notice The operation is scheduled and has not expired.
    error AccessManagerAlreadyScheduled(bytes32 operationId);

    /// @notice The operation is not scheduled.
    error AccessManagerNotScheduled(bytes32 operationId);

    /// @notice The operation's time has not come.
    error AccessManagerNotReady(bytes32 operationId);

    /// @notice The operation's week is over.
    error AccessManagerExpired(bytes32 operationId);

    /// @notice The role is ADMIN, PUBLIC or NOBODY and cannot be changed so.
    error AccessManagerLockedRole(uint64 roleId);

    /// @notice The function's role cannot be set: `setAuthority(address)`, or one of the manager to
    /// NOBODY.
    error AccessManagerLockedFunction(bytes4 selector);

    /// @notice The account named is not the caller.
    error AccessManagerBadConfirmation();

    /// @notice The caller is not a member of the role.
    error AccessManagerUnauthorizedAccount(address msgsender, uint64 roleId);

    /// @notice The caller may not make this call, or not so soon.
    error AccessManagerUnauthorizedCall(address caller, address target, bytes4 selector);

    /// @notice The caller did not say that it is consuming an operation.
    error AccessManagerUnauthorizedConsume(address target);

    /// @notice The caller may not cancel this operation.
    error AccessManagerUnauthorizedCancel(
        address msgsender,
        address caller,
        address target,
        bytes4 selector
    );

    /// @notice The operation changes a role that is the canceller's own, or ADMIN.
    error OwnRoleCancel(address msgsender, uint64 roleId);

    /// @notice ADMIN is not granted with so short an execution delay.
    error DelayTooShort(uint32 delay, uint32 min);

    /// @notice The function is given up for ever.
    error SelectorGivenUp(address target, bytes4 selector);

    /// @notice The target keeps its authority, as a function of it is given up for ever.
    error AuthorityFixed(address target);

    /// @notice The role cannot be suspended: only ATTESTER and SLASHER can.
    error RoleNotSuspendable(uint64 roleId);

    /// @notice A suspension lasts for 1 second at least, and for `max` at most.
    error DurationInvalid(uint32 duration, uint32 max);

    /// @notice The account is not a member of the role.
    error MembershipMissing(uint64 roleId, address account);

    /// @notice The account is suspended, or has been less than 7 days ago.
    /// @param next from when on it can be suspended
    error SuspensionTooEarly(uint48 next);

    /// @notice The account is not suspended.
    error SuspensionMissing(uint64 roleId, address account);

    /// @notice There is no code at the target.
    error AddressEmptyCode(address target);

    /// @notice The target failed without saying why.
    error FailedCall();

    // ----------------------------------------------------------------------------------- roles

    /// @notice Gives a role a name, in the log only.
    /// @dev ADMIN. Own check: `AccessManagerLockedRole` (ADMIN, PUBLIC, NOBODY). Emits `RoleLabel`.
    function labelRole(uint64 roleId, string calldata label) external;

    /// @notice Makes an account a member of a role, or changes its execution delay.
    /// @dev Role admin. A new member waits for the role's grant delay. A shorter execution delay
    /// holds after as many seconds as it is shorter. Own checks: `AccessManagerLockedRole` (PUBLIC,
    /// NOBODY), `DelayTooShort` (ADMIN below 2 days). Emits `RoleGranted`.
    function grantRole(uint64 roleId, address account, uint32 executionDelay) external;

    /// @notice Ends an account's membership, and its suspension. Does nothing if there is none.
    /// @dev Role admin. Own check: `AccessManagerLockedRole` (PUBLIC, NOBODY). Emits `RoleRevoked`.
    function revokeRole(uint64 roleId, address account) external;

    /// @notice Ends the caller's own membership. Does nothing if there is none.
    /// @dev Own checks: `AccessManagerBadConfirmation`, `AccessManagerLockedRole` (PUBLIC, NOBODY).
    /// Emits `RoleRevoked`.
    function renounceRole(uint64 roleId, address callerConfirmation) external;

    /// @notice Sets whose members grant and revoke the role: ADMIN's until then.
    /// @dev ADMIN. Own check: `AccessManagerLockedRole` (ADMIN, PUBLIC, NOBODY). Emits
    /// `RoleAdminChanged`.
    function setRoleAdmin(uint64 roleId, uint64 admin) external;

    /// @notice Sets whose members cancel operations of the role: ADMIN's until then.
    /// @dev ADMIN. Own check: `AccessManagerLockedRole` (ADMIN, PUBLIC, NOBODY). Emits
    /// `RoleGuardianChanged`.
    function setRoleGuardian(uint64 roleId, uint64 guardian) external;

    /// @notice Sets how long a new member of the role waits; holds after 5 days at least.
    /// @dev ADMIN. Own check: `AccessManagerLockedRole` (PUBLIC, NOBODY). Emits
    /// `RoleGrantDelayChanged`.
    function setGrantDelay(uint64 roleId, uint32 newDelay) external;

    /// @notice Takes ATTESTER or SLASHER from a member for `duration` seconds, from now on.
    /// @dev A member of GUARDIAN, at once whatever its delay. Own checks:
    /// `AccessManagerUnauthorizedAccount`, `RoleNotSuspendable`, `DurationInvalid` (0, or more than 7
    /// days), `MembershipMissing`, `SuspensionTooEarly`. Emits `Suspended`.
    function suspend(uint64 roleId, address account, uint32 duration) external;

    /// @notice Ends a suspension before its time. 7 days free of suspension follow.
    /// @dev A member of GUARDIAN, at once whatever its delay. Own checks:
    /// `AccessManagerUnauthorizedAccount`, `SuspensionMissing`. Emits `SuspensionEnded`.
    function endSuspension(uint64 roleId, address account) external;

    // --------------------------------------------------------------------------------- targets

    /// @notice Gives functions of a target to a role; to NOBODY for ever.
    /// @dev ADMIN, after the target's admin delay. Own checks, one selector after the other:
    /// `AccessManagerLockedFunction`, `SelectorGivenUp`. Emits `TargetFunctionRoleUpdated` for each.
    function setTargetFunctionRole(address target, bytes4[] calldata selectors, uint64 roleId)
        external;

    /// @notice Sets how long changes of a target's settings wait; holds after 5 days at least.
    /// @dev ADMIN. Emits `TargetAdminDelayUpdated`.
    function setTargetAdminDelay(address target, uint32 newDelay) external;

    /// @notice Closes all functions of a target, or opens them again.
    /// @dev ADMIN, after the target's admin delay. Emits `TargetClosed`.
    function setTargetClosed(address target, bool closed) external;

    /// @notice Tells a target to obey another authority.
    /// @dev ADMIN, after the target's admin delay. Own checks: `AuthorityFixed`; as the last act
    /// `AddressEmptyCode`, the target's own error or `FailedCall`.
    function updateAuthority(address target, address newAuthority) external;

    // ------------------------------------------------------------------------------ operations

    /// @notice Announces a call that the caller may make after its delay.
    /// @dev Own checks: `AccessManagerUnauthorizedCall` (no delay, no permission, or `when` too
    /// soon), `AccessManagerAlreadyScheduled`. Emits `OperationScheduled`.
    /// @param when the earliest time of the call, 0 for as soon as possible
    function schedule(address target, bytes calldata data, uint48 when)
        external
        returns (bytes32 operationId, uint32 nonce);

    /// @notice Makes a call, with the METIS that came with it, as the manager.
    /// @dev A scheduled operation is consumed, also where none is needed. Own checks:
    /// `AccessManagerUnauthorizedCall`, `AccessManagerNotScheduled`, `AccessManagerNotReady`,
    /// `AccessManagerExpired`; as the last act `AddressEmptyCode`, the target's own error or
    /// `FailedCall`. Emits `OperationExecuted` if one was scheduled.
    /// @return nonce of the operation, 0 if none was scheduled
    function execute(address target, bytes calldata data) external payable returns (uint32 nonce);

    /// @notice Takes back an operation that is scheduled, even if it has expired.
    /// @dev Its proposer can; members of ADMIN can; members of the guardian role of the function's
    /// role; and for `grantRole` and `revokeRole` members of the role's admin role. Own checks:
    /// `AccessManagerNotScheduled`, `AccessManagerUnauthorizedCancel`, `OwnRoleCancel`. Emits
    /// `OperationCanceled`.
    function cancel(address caller, address target, bytes calldata data)
        external
        returns (uint32 nonce);

    /// @notice Uses up an operation of `caller` on the target that calls this.
    /// @dev The target must answer `isConsumingScheduledOp()` with that selector. Own checks: the
    /// target's own error, `AccessManagerUnauthorizedConsume`, `AccessManagerNotScheduled`,
    /// `AccessManagerNotReady`, `AccessManagerExpired`. Emits `OperationExecuted`.
    function consumeScheduledOp(address caller, bytes calldata data) external;

    /// @notice Makes several calls of the manager in one, as the caller.
    /// @dev The first that fails fails them all, with its error. Own check: `AnswerTooLong`.
    function multicall(bytes[] calldata data) external returns (bytes[] memory results);

    // ----------------------------------------------------------------------------------- views

    /// @notice Whether `caller` may call a function of a target now, or else after which delay; a
    /// delay of 0 stands for never. Tells nothing of the manager's own rules for its functions.
    function canCall(address caller, address target, bytes4 selector)
        external
        view
        returns (bool allowed, uint32 delay);

    /// @notice 604,800 seconds: how long a scheduled operation can be used.
    function expiration() external view returns (uint32);

    /// @notice 432,000 seconds: the least time before a changed grant or admin delay holds.
    function minSetback() external view returns (uint32);

    /// @notice Whether all functions of a target are closed.
    function isTargetClosed(address target) external view returns (bool);

    /// @notice Whether a function of the target is given up, so that it keeps its authority.
    function isAuthorityFixed(address target) external view returns (bool);

    /// @notice The role whose members may call a function of a target; NOBODY if it is given up.
    function getTargetFunctionRole(address target, bytes4 selector) external view returns (uint64);

    /// @notice How long changes of a target's settings wait.
    function getTargetAdminDelay(address target) external view returns (uint32);

    /// @notice The role whose members grant and revoke this one.
    function getRoleAdmin(uint64 roleId) external view returns (uint64);

    /// @notice The role whose members cancel operations of this one.
    function getRoleGuardian(uint64 roleId) external view returns (uint64);

    /// @notice How long a new member of the role waits.
    function getRoleGrantDelay(uint64 roleId) external view returns (uint32);

    /// @notice An account's membership, suspended or not.
    /// @param since when it begins; 0 if there is none
    /// @param effect when `pendingDelay` holds; 0 if no change is pending
    function getAccess(uint64 roleId, address account)
        external
        view
        returns (uint48 since, uint32 currentDelay, uint32 pendingDelay, uint48 effect);

    /// @notice Whether an account acts for a role now: it is a member and not suspended.
    function hasRole(uint64 roleId, address account)
        external
        view
        returns (bool isMember, uint32 executionDelay);

    /// @notice When the account's last suspension ends or ended; 0 if there was none.
    function getSuspension(uint64 roleId, address account) external view returns (uint48 until);

    /// @notice From when on an operation can be used; 0 if it is not scheduled or has expired.
    function getSchedule(bytes32 id) external view returns (uint48);

    /// @notice How often an operation has been scheduled.
    function getNonce(bytes32 id) external view returns (uint32);

    /// @notice The name of an operation: the hash of its caller, target and data.
    function hashOperation(address caller, address target, bytes calldata data)
        external
        view
        returns (bytes32);

    /// @notice 0.
    function ADMIN_ROLE() external view returns (uint64);

    /// @notice 2^64 - 1.
    function PUBLIC_ROLE() external view returns (uint64);

    /// @notice 2^64 - 2.
    function NOBODY_ROLE() external view returns (uint64);
}

/// @title AccessManager
/// @notice The constructor, which an interface cannot declare.
abstract contract AccessManager is IAccessManager {
    /// @notice Makes an account the first admin: without delay for a day, with one of 2 days after.
    /// @dev Called with the selector of `stylus_constructor()` followed by the argument, in the
    /// transaction that deploys: whoever calls first constructs. Not payable. Own checks:
    /// `ConstructionRepeated`, `AccessManagerInvalidInitialAdmin` (zero). Emits `RoleGranted` twice:
    /// the membership, then the delay to come.
    constructor(address initialAdmin) {}
}
