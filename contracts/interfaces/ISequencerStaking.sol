// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

/// @title ISequencerStaking
/// @notice The money of the sequencers: bonds, delegations, unbonding, rewards, slashes.
///
/// Who runs a sequencer puts down a bond; anybody delegates to it. Both earn its rewards, both
/// leave by unbonding, and a slash takes the bond first and then delegations, those that stay and
/// those that are leaving at one ratio. Identity (signer, key, commission) is at
/// `ISequencerRegistry`, proposals to slash are at `ISlashingCourt`; both order here what they
/// decide. Leaving asks nobody: no exit reads a role, a pause, a quota or another program.
///
/// Amounts are wei of METIS, times are seconds of `block.timestamp`, shares are fractions of what
/// is delegated to one sequencer (first one to one, then as slashes leave it).
///
/// - `id` counts sequencers from 1 and is never used again.
/// - `stake = bond + delegated`. What unbonds is at risk still, but is no stake.
/// - `status` is derived on every read: `None`; `Exited` and `Exiting` once `exit` or `eject` was
///   called, with and without anything left; `Jailed`; `Active` if the bond is at least `minBond`
///   and `minBondBps` of the stake and the stake is at least `activationThreshold`; else
///   `Candidate`.
/// - `nonce` counts the changes of a sequencer, in this program and in the registry; every event
///   of a change carries it. Rewards that come and METIS that is paid out change none.
/// - A position is of a registered pool or direct, decided by what its account is when it is
///   opened, until it is empty.
///
/// **Unbonding.** What leaves on one day from one sequencer is one bucket, and shares one fate. A
/// bucket matures at the end of its day plus the unbonding period of the moment it was opened. Its
/// number says so: `day << 12 | part << 6 | periodInDays`, `day` counted from 1970; another part
/// is opened when a slash has hit the one before or the period has changed, 63 on a day at most.
///
/// **Hold.** A proposal to slash fixes what it may take: `bps` of the bond, of delegations, and of
/// buckets that ended after the fault and had not matured. Until it is executed, vetoed or
/// lapses, matured buckets in its scope pay out only what it cannot take; the rest waits, at most
/// until the proposal's end.
///
/// **Rewards.** `notifyRewards` adds a pending amount, which the next touch of the sequencer
/// splits by the stake there is: commission to the operator, of the rest the bond's part to the
/// operator and the delegations' part to an index per share. Below 1 METIS delegated, all of it is the
/// operator's. While jailed, both parts park: on release they are paid, the delegators' to those who
/// stayed; an executed slash brings them to the fund. Below 1 METIS of stake, an amount parks for the
/// operator, who gets it once there is stake again; on the way out, where none can come, at once.
///
/// Every conversion rounds against who takes, for those that stay: `delegate` gives shares rounded
/// down, `undelegate` assets rounded down, rewards are rounded down.
///
/// Checks run in the order told by `ILiquidStaking`: `CalldataTooLong`, `SelectorUnknown`,
/// `ValueRefused`, `ReentryRefused`, `ArgumentsInvalid`, then the entry's own in the order listed.
interface ISequencerStaking {
    /// @notice What a sequencer is at this moment.
    enum Status {
        /// there is no such sequencer
        None,
        /// it has too little bond or stake to be Active
        Candidate,
        /// it works
        Active,
        /// it is barred from work
        Jailed,
        /// it is on its way out
        Exiting,
        /// it is out, and nothing is left
        Exited
    }

    // ---------------------------------------------------------------------------------- events

    /// @notice The one construction took place.
    event Constructed(
        address indexed registry,
        address indexed court,
        address indexed distributor,
        address quota,
        address authority
    );

    /// @notice A sequencer came into being.
    event Opened(
        uint256 indexed id,
        address indexed owner,
        address indexed rewardRecipient,
        uint256 group,
        uint256 bond,
        uint256 nonce
    );

    /// @notice `assets` were added to the bond, now `bond`.
    event BondIncreased(
        uint256 indexed id,
        address indexed owner,
        uint256 assets,
        uint256 bond,
        uint256 nonce
    );

    /// @notice `assets` of the bond began to unbond in `bucket`; `bond` is left.
    event BondUnlockRequested(
        uint256 indexed id,
        address indexed owner,
        uint256 indexed bucket,
        uint256 assets,
        uint256 bond,
        uint256 nonce
    );

    /// @notice The sequencer is on its way out, by its owner or by `eject`.
    event ExitRequested(uint256 indexed id, address indexed caller, uint256 nonce);

    /// @notice `assets` were delegated for `shares`; `delegated` is the sequencer's total.
    event Delegated(
        address indexed account,
        uint256 indexed id,
        uint256 assets,
        uint256 shares,
        uint256 delegated,
        uint256 nonce
    );

    /// @notice `shares` began to unbond as `assets` in `bucket`; `delegated` is what stays.
    event Undelegated(
        address indexed account,
        uint256 indexed id,
        uint256 indexed bucket,
        uint256 shares,
        uint256 assets,
        uint256 delegated,
        uint256 nonce
    );

    /// @notice `assets` that had unbonded left for `receiver`.
    event UnlockedClaimed(
        address indexed account,
        uint256 indexed id,
        address indexed receiver,
        uint256 assets
    );

    /// @notice `assets` came in as reward of a sequencer; `pending` waits for the next touch.
    event RewardsNotified(uint256 indexed id, uint256 assets, uint256 pending);

    /// @notice A pending amount was split, or parked (then only `parked` is not zero).
    /// @param operator part of the operator, commission and the bond's
    /// @param delegators part of the delegations
    /// @param index rewards per share from now on, in ray
    event RewardsAccrued(
        uint256 indexed id,
        uint256 operator,
        uint256 delegators,
        uint256 parked,
        uint256 index
    );

    /// @notice `assets` of rewards left for `receiver`.
    event RewardsClaimed(
        address indexed account,
        uint256 indexed id,
        address indexed receiver,
        uint256 assets
    );

    /// @notice `assets` of the operator's rewards left for `receiver`.
    event CommissionClaimed(
        uint256 indexed id,
        address indexed caller,
        address indexed receiver,
        uint256 assets
    );

    /// @notice `newOwner` may accept the sequencer.
    event OwnerProposed(
        uint256 indexed id, address indexed owner, address indexed newOwner, uint256 nonce
    );

    /// @notice The sequencer changed hands.
    event OwnerChanged(
        uint256 indexed id, address indexed oldOwner, address indexed newOwner, uint256 nonce
    );

    /// @notice Who besides the owner may claim the operator's rewards.
    event RewardRecipientChanged(
        uint256 indexed id,
        address indexed oldRecipient,
        address indexed newRecipient,
        uint256 nonce
    );

    /// @notice The commission on rewards from now on.
    event CommissionChanged(
        uint256 indexed id, uint256 oldCommissionBps, uint256 newCommissionBps, uint256 nonce
    );

    /// @notice The sequencer was jailed and a part of its stake is held.
    /// @param bondLoss what the proposal may take of bond and unbonding bond
    /// @param delegatedLoss what it may take of delegations and unbonding delegations
    /// @param until when the hold ends at the latest
    event Held(
        uint256 indexed id, uint256 bondLoss, uint256 delegatedLoss, uint256 until, uint256 nonce
    );

    /// @notice The hold ended without a loss.
    event Released(uint256 indexed id, uint256 nonce);

    /// @notice A slash took place.
    /// @param slashed METIS in hand for the fund, all sequencers together, forfeited rewards included
    event Slashed(
        uint256 indexed id,
        uint256 bondLoss,
        uint256 delegatedLoss,
        uint256 forfeited,
        uint256 slashed,
        uint256 nonce
    );

    /// @notice The sequencer is out of jail.
    event Unjailed(uint256 indexed id, uint256 nonce);

    /// @notice Slashed METIS left for the distributor's fund.
    event SlashedForwarded(address indexed distributor, uint256 assets);

    /// @notice A pool was registered.
    event PoolRegistered(address indexed pool, uint256 pools);

    /// @notice A pool was removed.
    event PoolRemoved(address indexed pool, uint256 pools);

    /// @notice Growth has new bounds.
    event ThresholdsChanged(
        uint256 oldActivationThreshold,
        uint256 newActivationThreshold,
        uint256 oldMaxLock,
        uint256 newMaxLock
    );

    /// @notice Bonds have new minima.
    event BondRulesChanged(
        uint256 oldMinBond, uint256 newMinBond, uint256 oldMinBondBps, uint256 newMinBondBps
    );

    /// @notice Buckets opened from now on mature after another period, in seconds.
    event UnbondingPeriodChanged(uint256 oldPeriod, uint256 newPeriod);

    /// @notice Entries ask another quota.
    event QuotaChanged(address indexed oldQuota, address indexed newQuota);

    /// @notice Donated METIS left for `receiver`.
    event Swept(address indexed caller, address indexed receiver, uint256 assets, uint256 ledger);

    /// @notice Entries are paused until then.
    event Paused(address indexed caller, uint256 until);

    /// @notice Entries are open again, before the pause was over.
    event Unpaused(address indexed caller);

    /// @notice OpenZeppelin's: who may do what is decided there.
    event AuthorityUpdated(address authority);

    // ---------------------------------------------------------------------------------- errors

    /// @notice The calldata is longer than the program reads.
    error CalldataTooLong(uint256 size, uint256 limit);

    /// @notice No entry has this selector.
    error SelectorUnknown(bytes4 selector, uint256 size);

    /// @notice METIS was sent to an entry that takes none.
    error ValueRefused(bytes4 selector, uint256 value);

    /// @notice A state-changing entry was called while the program is out on a call.
    error ReentryRefused(bytes4 selector);

    /// @notice The calldata does not hold the entry's arguments.
    error ArgumentsInvalid(bytes4 selector, uint256 size);

    /// @notice The program has been constructed before.
    error ConstructionRepeated();

    /// @notice An address of the suite may not be zero or this program.
    error ProgramInvalid(address program);

    /// @notice Only the registry may do this.
    error CallerNotRegistry(address caller, address registry);

    /// @notice Only the court may do this.
    error CallerNotCourt(address caller, address court);

    /// @notice Only the distributor may do this.
    error CallerNotDistributor(address caller, address distributor);

    /// @notice Only the owner may do this.
    error CallerNotOwner(address caller, address owner);

    /// @notice Only the account that the owner proposed may do this.
    error CallerNotPendingOwner(address caller, address pendingOwner);

    /// @notice Only the owner or the reward recipient may do this.
    error CallerNotRecipient(address caller, address rewardRecipient);

    /// @notice No sequencer has this id.
    error SequencerUnknown(uint256 id);

    /// @notice 64 sequencers are live.
    error SequencersFull(uint256 limit);

    /// @notice Only a sequencer that was a Candidate for 30 days, with a smaller bond, is displaced,
    /// and only while 64 are live.
    error DisplacementRefused(uint256 id, uint256 bond, uint256 offered);

    /// @notice The sequencer is on its way out.
    error SequencerExiting(uint256 id);

    /// @notice The sequencer is in jail.
    error SequencerJailed(uint256 id);

    /// @notice The sequencer is not in jail.
    error SequencerNotJailed(uint256 id);

    /// @notice A proposal to slash is pending.
    error SlashPending(uint256 id, uint256 until);

    /// @notice No proposal to slash is pending.
    error SlashMissing(uint256 id);

    /// @notice The term in jail is not over.
    error JailTermRunning(uint256 id, uint256 until);

    /// @notice It is not yet 30 days that the sequencer is not Active; `since` zero if it is Active.
    error EjectionTooEarly(uint256 id, uint256 since);

    /// @notice The bond is below what its stake needs.
    error BondTooSmall(uint256 bond, uint256 needed);

    /// @notice There is not as much bond.
    error BondExceeded(uint256 assets, uint256 bond);

    /// @notice The stake, or of `increaseBond` the bond, would exceed what one sequencer may hold.
    error MaxLockExceeded(uint256 stake, uint256 maxLock);

    /// @notice A position is 1 METIS or more, or nothing.
    error DelegationTooSmall(uint256 assets, uint256 min);

    /// @notice There are not as many shares in the position.
    error SharesExceeded(uint256 shares, uint256 held);

    /// @notice The shares would not fit 88 bits: slashes left too little for one of them.
    error SharesOverflow(uint256 shares, uint256 minted);

    /// @notice The books would not fit 84 bits.
    error LedgerOverflow(uint256 ledger, uint256 assets, uint256 limit);

    /// @notice No METIS came with the call, or nothing was asked for.
    error AssetsZero();

    /// @notice No shares were asked for.
    error SharesZero();

    /// @notice Nothing can be paid out now.
    error NothingToClaim();

    /// @notice The quota refused without a reason of its own, ran dry or answered junk. A typed
    /// reason of the quota comes back unchanged.
    error QuotaUnavailable(address quota);

    /// @notice The amounts of a notification do not add up to the METIS sent, or lists differ.
    error NotificationInvalid(uint256 sum, uint256 value);

    /// @notice METIS may not be sent to the zero address or to this program.
    error ReceiverInvalid(address receiver);

    /// @notice The receiver did not take the METIS.
    error PaymentFailed(address receiver, uint256 assets);

    /// @notice An owner or a recipient may not be the zero address.
    error AccountZero();

    /// @notice The pool is registered already, or may not be one (zero, or without code).
    error PoolInvalid(address pool);

    /// @notice No such pool.
    error PoolUnknown(address pool);

    /// @notice 16 pools are registered.
    error PoolsFull(uint256 limit);

    /// @notice The pool has stake.
    error PoolInUse(address pool, uint256 stake);

    /// @notice A parameter is outside its bounds.
    error ParameterInvalid(uint256 value, uint256 min, uint256 max);

    /// @notice There is no METIS beyond the ledger.
    error DonationsZero(uint256 balance, uint256 ledger);

    /// @notice Entries are paused.
    error EntriesPaused(uint256 until);

    /// @notice A pause lasts at most 7 days.
    error PauseTooLong(uint256 duration, uint256 max);

    /// @notice A pause needs a duration.
    error DurationZero();

    /// @notice The last pause has not been over for 7 days.
    error PauseTooEarly(uint256 next);

    /// @notice There is no pause that could end.
    error PauseMissing();

    /// @notice OpenZeppelin's: the caller may not do this.
    error AccessManagedUnauthorized(address caller);

    /// @notice Of the authority: the caller has not scheduled this call.
    error AccessManagerNotScheduled(bytes32 operationId);

    /// @notice Of the authority: the call was scheduled and is not due yet.
    error AccessManagerNotReady(bytes32 operationId);

    /// @notice Of the authority: the call was scheduled and due for too long.
    error AccessManagerExpired(bytes32 operationId);

    /// @notice OpenZeppelin's: an authority has code.
    error AccessManagedInvalidAuthority(address authority);

    // ------------------------------------------------------------------------------- sequencers

    /// @notice Takes the METIS sent as the bond of a new sequencer.
    /// @dev The registry only, in `register`. Own checks: `CallerNotRegistry`, `EntriesPaused`,
    /// `AccountZero` (owner, recipient), `BondTooSmall` (below `minBond`), `MaxLockExceeded`,
    /// `SequencersFull`, or with a sequencer to displace `SequencerUnknown`,
    /// `DisplacementRefused`; `LedgerOverflow`. The owner's sequencers are one operator group.
    /// Emits `Opened`; for the displaced one before it what `eject` emits.
    /// @param commissionBps above 32 bits, here and in the other entries: `ArgumentsInvalid`
    /// @param displaced a Candidate that makes room, zero for none
    function open(
        address owner,
        address rewardRecipient,
        uint256 commissionBps,
        uint256 displaced
    ) external payable returns (uint256 id);

    /// @notice Adds the METIS sent to the bond.
    /// @dev Own checks: `SequencerUnknown`, `CallerNotOwner`, `AssetsZero`, `SequencerExiting`,
    /// `SlashPending`, `MaxLockExceeded` (the bond, whatever is delegated: so it can always be
    /// restored), `LedgerOverflow`. Open while paused and in jail. Emits `BondIncreased`.
    function increaseBond(uint256 id) external payable;

    /// @notice Starts to unbond a part of the bond.
    /// @dev Own checks: `SequencerUnknown`, `CallerNotOwner`, `AssetsZero`, `BondExceeded`. Never
    /// closed. Emits `BondUnlockRequested`.
    /// @return bucket where it unbonds, for `claimUnlocked`
    function requestBondUnlock(uint256 id, uint256 assets) external returns (uint256 bucket);

    /// @notice Starts to unbond the whole bond; from now on delegations only leave.
    /// @dev Own checks: `SequencerUnknown`, `CallerNotOwner`, `SequencerExiting`. Never closed.
    /// Emits `BondUnlockRequested` if there is a bond, then `ExitRequested`.
    function exit(uint256 id) external;

    /// @notice As `exit`, without the owner: anyone, 30 days after it was last seen Active; the
    /// curator at any time.
    /// @dev Own checks: `SequencerUnknown`, `SequencerExiting`, then for all but the curator
    /// `EjectionTooEarly`, whatever the authority answers. The authority is asked only before the time has come. The bond unbonds
    /// to the owner.
    function eject(uint256 id) external;

    /// @notice Leaves jail after the term. Of a sequencer on its way out anyone may open the jail,
    /// without the check of the bond, so that delegators get what parked.
    /// @dev Own checks: `SequencerUnknown`, `CallerNotOwner`, `SequencerNotJailed`,
    /// `SlashPending`, `JailTermRunning`, `BondTooSmall` (as for Active). Emits `RewardsAccrued`
    /// for what parked, `Unjailed`.
    function unjail(uint256 id) external;

    /// @notice Proposes another owner; the zero address withdraws the proposal.
    /// @dev Own checks: `SequencerUnknown`, `CallerNotOwner`. Emits `OwnerProposed`.
    function setOwner(uint256 id, address newOwner) external;

    /// @notice Accepts a sequencer. The operator group stays; buckets stay with the old owner, and the
    /// reward recipient with its claim until the new owner names another.
    /// @dev Own checks: `SequencerUnknown`, `CallerNotPendingOwner`. Emits `OwnerChanged`.
    function acceptOwner(uint256 id) external;

    /// @notice Says who besides the owner may claim the operator's rewards.
    /// @dev Own checks: `SequencerUnknown`, `CallerNotOwner`, `AccountZero`. Emits
    /// `RewardRecipientChanged`.
    function setRewardRecipient(uint256 id, address rewardRecipient) external;

    /// @notice Sets the commission, once the registry has seen to its delay.
    /// @dev The registry only: `CallerNotRegistry`, `SequencerUnknown`. Accrues first. Emits
    /// `CommissionChanged`.
    /// @return nonce after the change
    function setCommission(uint256 id, uint256 commissionBps) external returns (uint256 nonce);

    /// @notice Counts a change that the registry made.
    /// @dev The registry only: `CallerNotRegistry`, `SequencerUnknown`.
    /// @return nonce after the change
    function recordChange(uint256 id) external returns (uint256 nonce);

    /// @notice Brings a sequencer's rewards up to now and notes whether it is Active.
    /// @dev Own check: `SequencerUnknown`.
    function accrue(uint256 id) external;

    // ------------------------------------------------------------------------------ delegations

    /// @notice Delegates the METIS sent.
    /// @dev Own checks: `EntriesPaused`, `SequencerUnknown`, `AssetsZero`, `SequencerExiting`,
    /// `SlashPending`, `SequencerJailed`, `BondTooSmall` (`minBond`, and `minBondBps` of the stake
    /// after it), `MaxLockExceeded`, `SharesOverflow`, `DelegationTooSmall` (the position after
    /// it), `LedgerOverflow`, then the quota's own errors or `QuotaUnavailable`.
    /// Emits `Delegated`.
    function delegate(uint256 id) external payable returns (uint256 shares);

    /// @notice Starts to unbond shares of the caller.
    /// @dev Own checks: `SequencerUnknown`, `SharesZero`, `SharesExceeded`, `DelegationTooSmall` (what
    /// is left of the position). Never closed. Emits `Undelegated`.
    /// @return assets what unbonds
    /// @return bucket where it unbonds, for `claimUnlocked`
    function undelegate(uint256 id, uint256 shares)
        external
        returns (uint256 assets, uint256 bucket);

    /// @notice Pays what of the caller has unbonded in these buckets to `receiver`.
    /// @dev Own checks: `ReceiverInvalid` (zero or this program), `NothingToClaim`; after the
    /// event, as the last act, `PaymentFailed`. Buckets that do not exist, have not matured or are
    /// held add what they can and refuse nothing. Emits `UnlockedClaimed`.
    function claimUnlocked(uint256 id, uint256[] calldata buckets, address receiver)
        external
        returns (uint256 assets);

    // ---------------------------------------------------------------------------------- rewards

    /// @notice Brings rewards of some sequencers.
    /// @dev The distributor only: `CallerNotDistributor`, `NotificationInvalid` (lists of unequal
    /// length, a sum that is not the METIS sent), `LedgerOverflow`, `SequencerUnknown`. Emits
    /// `RewardsNotified` for each.
    function notifyRewards(uint256[] calldata ids, uint256[] calldata amounts) external payable;

    /// @notice Pays the caller's rewards of some sequencers to `receiver`.
    /// @dev Own checks: `ReceiverInvalid`, `NothingToClaim`, `PaymentFailed` as the last act. Emits
    /// `RewardsClaimed` for each sequencer that pays.
    function claimRewards(uint256[] calldata ids, address receiver)
        external
        returns (uint256 assets);

    /// @notice Pays the operator's rewards, commission and the bond's part, to `receiver`.
    /// @dev Own checks: `SequencerUnknown`, `CallerNotRecipient`, `ReceiverInvalid`,
    /// `NothingToClaim`, `PaymentFailed` as the last act. Emits `CommissionClaimed`.
    function claimCommission(uint256 id, address receiver) external returns (uint256 assets);

    // ----------------------------------------------------------------------------------- slashes

    /// @notice Jails a sequencer and holds what a proposal may take.
    /// @dev The court only: `CallerNotCourt`, `SequencerUnknown`, `SlashPending`. Emits `Held`.
    /// @param until when the hold ends by itself
    /// @param jailedUntil when the term in jail ends
    /// @return parts for each registered pool, in the order of `pools()`, what it may lose, of positions
    /// from before it was registered as well
    function hold(
        uint256 id,
        uint256 bps,
        uint256 faultTime,
        uint256 until,
        uint256 jailedUntil
    ) external returns (uint256[] memory parts);

    /// @notice Ends a hold without a loss.
    /// @dev The court only: `CallerNotCourt`, `SlashMissing`. Emits `Released`, and `Unjailed` if
    /// `free` and it was not in jail before.
    function release(uint256 id, bool free) external;

    /// @notice Takes what a hold fixed.
    /// @dev The court only: `CallerNotCourt`, `SlashMissing`. Emits `Slashed`.
    /// @return losses for each registered pool, in the order of `pools()`, what it lost
    function take(uint256 id) external returns (uint256[] memory losses);

    /// @notice Sends slashed METIS to the distributor's fund. By anyone.
    /// @dev Own checks: `NothingToClaim`; what the distributor refuses with. Emits
    /// `SlashedForwarded`.
    function forwardSlashed() external returns (uint256 assets);

    // ---------------------------------------------------------------------------------- authority

    /// @notice Registers a pool, whose positions are counted as a pool's from now on. CURATOR.
    /// @dev Own checks: `PoolInvalid`, `PoolsFull`. Emits `PoolRegistered`.
    function registerPool(address pool) external;

    /// @notice Removes a pool with less than 1 METIS of stake. CURATOR. What is left of it counts as
    /// direct from its next change; what it has in buckets stays its own, but losses of it are no longer
    /// told.
    /// @dev Own checks: `PoolUnknown`, `PoolInUse`. Emits `PoolRemoved`.
    function removePool(address pool) external;

    /// @notice Sets the stake from which a sequencer is Active, and the most that it may hold. ADMIN.
    /// @dev `ParameterInvalid`: 1 METIS ≤ threshold ≤ maxLock < 2^84, and maxLock not below `minBond`.
    function setThresholds(uint256 activationThreshold, uint256 maxLock) external;

    /// @notice Sets the least bond, in METIS and in parts of the stake. ADMIN.
    /// @dev `ParameterInvalid`: 1 METIS ≤ minBond ≤ maxLock, minBondBps ≤ 10,000.
    function setBondRules(uint256 minBond, uint256 minBondBps) external;

    /// @notice Sets the unbonding period of buckets opened from now on, in whole days. ADMIN.
    /// @dev `ParameterInvalid`: 7 to 60 days in seconds; a part of a day is refused too.
    function setUnbondingPeriod(uint256 period) external;

    /// @notice Sets the quota that entries ask. ADMIN.
    /// @dev `ProgramInvalid` for zero or this program.
    function setQuota(address quota) external;

    /// @notice Pauses `delegate` and `open` for `duration` seconds. GUARDIAN.
    /// @dev Own checks: `DurationZero`, `PauseTooLong` (7 days), `PauseTooEarly` (7 days after the
    /// last pause ended). Emits `Paused`. Nothing that lets somebody out is ever paused.
    function pause(uint32 duration) external;

    /// @notice Ends a pause before its time. GUARDIAN.
    /// @dev Own check: `PauseMissing`. Emits `Unpaused`.
    function unpause() external;

    /// @notice Sends donated METIS, exactly what is held beyond the ledger, to `receiver`. TREASURY.
    /// @dev Own checks: `ReceiverInvalid`, `DonationsZero`, `PaymentFailed` as the last act. Emits
    /// `Swept`.
    function sweep(address receiver) external returns (uint256 assets);

    /// @notice OpenZeppelin's: another authority, set by the authority itself.
    function setAuthority(address newAuthority) external;

    // -------------------------------------------------------------------------------------- views

    /// @notice What a sequencer is.
    function status(uint256 id) external view returns (Status);

    /// @notice Bond, delegations, shares, counters and times of a sequencer; zeros if there is none.
    /// @param inactiveSince when it was first seen not Active; zero if it was Active when last seen
    function sequencer(uint256 id)
        external
        view
        returns (
            Status status,
            uint256 bond,
            uint256 delegated,
            uint256 shares,
            uint256 directShares,
            uint256 nonce,
            uint256 group,
            uint256 commissionBps,
            uint256 registered,
            uint256 jailedUntil,
            uint256 inactiveSince,
            uint256 bucket
        );

    /// @notice Who owns a sequencer; zero if there is none.
    function ownerOf(uint256 id) external view returns (address);

    /// @notice Who may accept it, zero for nobody.
    function pendingOwnerOf(uint256 id) external view returns (address);

    /// @notice Who besides the owner may claim the operator's rewards.
    function rewardRecipientOf(uint256 id) external view returns (address);

    /// @notice Shares of an account, what they stand for, whether they count as a pool's.
    function position(address account, uint256 id)
        external
        view
        returns (uint256 shares, uint256 assets, bool pooled);

    /// @notice What `claimRewards` would pay for one sequencer.
    function earned(address account, uint256 id) external view returns (uint256);

    /// @notice A sequencer's rewards, accrued: what `claimCommission` would pay, what is parked, what of
    /// that is the delegators', what was pending, what delegators are owed (their rounding included) and
    /// the index in ray.
    function rewards(uint256 id)
        external
        view
        returns (
            uint256 operator,
            uint256 parked,
            uint256 parkedDelegators,
            uint256 pending,
            uint256 delegators,
            uint256 index
        );

    /// @notice A bucket: what joined, what slashes left, what was paid, of delegations and of bond.
    function bucket(uint256 id, uint256 number)
        external
        view
        returns (
            uint256 matures,
            uint256 previous,
            uint256 nominal,
            uint256 assets,
            uint256 paid,
            uint256 bondNominal,
            uint256 bondAssets,
            uint256 bondPaid
        );

    /// @notice What of an account is in a bucket, delegation and bond together, what was paid of it,
    /// and what `claimUnlocked` would pay.
    function entry(address account, uint256 id, uint256 number)
        external
        view
        returns (uint256 nominal, uint256 paid, uint256 claimable);

    /// @notice The hold of a pending slash; zeros if there is none.
    function holdOf(uint256 id)
        external
        view
        returns (
            uint256 bondLoss,
            uint256 delegatedLoss,
            uint256 bondScope,
            uint256 delegatedScope,
            uint256 faultTime,
            uint256 heldAt,
            uint256 until
        );

    /// @notice The books: all stake, bonds in it, pools' stake in it, METIS on the ledger, slashed
    /// METIS in hand, and the sum over time of all stake, in wei · seconds.
    function totals()
        external
        view
        returns (
            uint256 stake,
            uint256 bonds,
            uint256 pooled,
            uint256 ledger,
            uint256 slashed,
            uint256 stakeSeconds
        );

    /// @notice A pool's stake and the sum over time of it, in wei · seconds.
    function poolOf(address pool)
        external
        view
        returns (bool registered, uint256 stake, uint256 stakeSeconds);

    /// @notice The registered pools; a removed one gives its place to the last.
    function pools() external view returns (address[] memory);

    /// @notice The live sequencers, in no order: those that are not on their way out.
    function live() external view returns (uint256[] memory);

    /// @notice Sequencers that ever were; the last id.
    function count() external view returns (uint256);

    /// @notice The stake of an operator group.
    function groupStake(uint256 group) external view returns (uint256);

    /// @notice The parameters.
    function parameters()
        external
        view
        returns (
            uint256 activationThreshold,
            uint256 maxLock,
            uint256 minBond,
            uint256 minBondBps,
            uint256 unbondingPeriod
        );

    /// @notice The programs it works with.
    function programs()
        external
        view
        returns (address registry, address court, address distributor, address quota);

    /// @notice When entries open again, that second included; zero while they are not paused.
    function pausedUntil() external view returns (uint256);

    /// @notice From when on a pause may begin; zero if there never was one.
    function nextPause() external view returns (uint256);

    /// @notice OpenZeppelin's: who decides who may do what.
    function authority() external view returns (address);

    /// @notice OpenZeppelin's: the selector of this moment's scheduled operation, else zero.
    function isConsumingScheduledOp() external view returns (bytes4);
}

/// @title SequencerStaking
/// @notice The constructor, which an interface cannot declare.
abstract contract SequencerStaking is ISequencerStaking {
    /// @notice Sets once, for good, the programs of the suite; the quota can be replaced later.
    /// @dev Called with the selector of `stylus_constructor()` followed by the arguments, in the
    /// transaction that deploys: whoever calls first constructs. Own checks:
    /// `ConstructionRepeated`, `ProgramInvalid` (zero or this program; those of the suite may be
    /// constructed later), `AccessManagedInvalidAuthority` (without code). Emits `Constructed`.
    constructor(
        address registry,
        address court,
        address distributor,
        address quota,
        address authority
    ) {}
}
