// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

/// @title ISequencerQuota
/// @notice The policy that entries of stake are asked for: who may hold how much, where a pool's next
/// METIS goes and where it comes from.
///
/// A quota keeps no copy of the stake and no METIS. `ISequencerStaking` owns every figure of stake and
/// hands them over on entries only, by a static call; the quota answers with its own selector, or
/// refuses with a typed error of at most three words, which the caller of `delegate` gets. No exit and
/// no slash ever asks it, so it traps nobody.
///
/// Amounts are wei of METIS, `_bps` are parts of 10,000, times are seconds. `T` is all stake just before
/// an entry.
///
/// **Scores.** Each sequencer has three, from 0 to 10,000, and 5,000 each to begin with. `technical`
/// is a moving average over batches of blocks produced against blocks assigned, one part in eight
/// for each batch. `operations` and `market` are the curator's; an executed slash halves operations.
/// `composite` is their geometric mean, rounded down.
///
/// **Caps.** What is above one may stay; it may not grow. None is a jump: a wei of stake moves none by
/// more than a wei.
/// - sequencer: `threshold + (maxLock - threshold) * composite / 10,000`, bond included
/// - operator group: `max(operatorShareBps of T, operatorFloor)`, bonds included
/// - pool: `max(poolShareBps of T, poolFloor)`, at most its absolute cap. The share binds only while
///   four pools hold 5 % each: that by which the third largest of the *other* pools is beyond 5 % of
///   `T` comes off the absolute cap, until only the share is left
/// - pair of pool and sequencer: what the curator granted, nothing until then
/// - direct positions: `directShareBps` of the sequencer's cap; and in all sequencers
///   `max(directShareBps of T, operatorFloor)`
///
/// **Lowering is instant, raising waits.** A figure that the curator raises takes effect by itself
/// 2 days later, without a second call; one that is lowered does so at once. Either drops what
/// waited before. ADMIN, whose calls wait for 2 days at the manager, sets limits.
///
/// **Groups.** Each owner is an operator group of its own, numbered by staking. The curator puts
/// groups under one cap, at once; a group that is let go is on its own 2 days later, by itself.
///
/// **Churn.** What a pool moves from a sequencer that is Active draws on a bucket of its own,
/// `max(churnBps of T, activationThreshold)`, which refills within a day.
///
/// Checks run in the order told by `ILiquidStaking`, then the entry's own in the order listed. Ids
/// and groups of more than 32 and 24 bits, and zero, are nobody's.
interface ISequencerQuota {
    /// @notice What the stake is just before `assets` are delegated, in wei of METIS.
    struct Figures {
        /// the pool that delegates; zero for a direct position
        address pool;
        uint256 id;
        uint256 assets;
        uint256 group;
        /// bond and delegations of the sequencer
        uint256 sequencerStake;
        uint256 sequencerBond;
        /// what direct positions have in the sequencer
        uint256 sequencerDirect;
        uint256 groupStake;
        uint256 poolStake;
        /// what the position has in the sequencer
        uint256 pairStake;
        /// what direct positions have in all sequencers
        uint256 directStake;
        uint256 totalStake;
        uint256 activationThreshold;
        uint256 maxLock;
    }

    /// @notice What keeps an account from delegating more.
    enum Reason {
        /// nothing does
        None,
        /// there is no such sequencer
        SequencerUnknown,
        /// it is in jail or on its way out, or the position is of another kind than the account's next
        SequencerClosed,
        /// its bond does not carry more stake
        BondTooSmall,
        /// its scores do not
        SequencerFull,
        /// its operator group holds what it may
        GroupFull,
        /// the pool holds what it may
        PoolFull,
        /// the pool holds what it was granted in the sequencer
        GrantExceeded,
        /// direct positions hold what they may of the sequencer
        SequencerDirectFull,
        /// direct positions hold what they may of everything
        DirectFull,
        /// less than 1 METIS: plans are in whole METIS
        Granule
    }

    // ---------------------------------------------------------------------------------- events

    /// @notice The one construction took place.
    event Constructed(
        address indexed staking,
        address indexed court,
        address indexed distributor,
        address authority
    );

    /// @notice The curator scored a sequencer. What is higher than it was in force holds from
    /// `effective` on, what is lower at once; `effective` is now if nothing waits.
    event ScoresChanged(
        uint256 indexed id,
        uint256 oldOperations,
        uint256 newOperations,
        uint256 oldMarket,
        uint256 newMarket,
        uint256 effective
    );

    /// @notice A batch entered the moving average, now `technical`.
    event BatchRecorded(
        uint256 indexed id, uint256 produced, uint256 assigned, uint256 technical
    );

    /// @notice A batch named a sequencer that is not known, and went on without it.
    event SequencerSkipped(uint256 indexed id);

    /// @notice An executed slash halved a sequencer's operations, now `operations`.
    event SlashRecorded(uint256 indexed proposal, uint256 indexed id, uint256 operations);

    /// @notice A pool may hold another amount in a sequencer, from `effective` on.
    event GrantChanged(
        address indexed pool,
        uint256 indexed id,
        uint256 oldAssets,
        uint256 newAssets,
        uint256 effective
    );

    /// @notice A pool has another absolute cap, from `effective` on.
    event PoolCapChanged(
        address indexed pool, uint256 oldAssets, uint256 newAssets, uint256 effective
    );

    /// @notice There are other limits, from now on.
    event LimitsChanged(
        uint256 oldOperatorShareBps,
        uint256 newOperatorShareBps,
        uint256 oldOperatorFloor,
        uint256 newOperatorFloor,
        uint256 oldPoolShareBps,
        uint256 newPoolShareBps,
        uint256 oldPoolFloor,
        uint256 newPoolFloor,
        uint256 oldPoolCap,
        uint256 newPoolCap,
        uint256 oldDirectShareBps,
        uint256 newDirectShareBps,
        uint256 oldChurnBps,
        uint256 newChurnBps
    );

    /// @notice A group is under the cap of another, which has `members` now.
    event Grouped(uint256 indexed into, uint256 indexed member, uint256 members);

    /// @notice A group is on its own again, from `effective` on.
    event Split(uint256 indexed from, uint256 indexed member, uint256 effective);

    /// @notice A pool drew on its churn to leave a sequencer; `left` is what remains of it.
    event Drawn(address indexed pool, uint256 indexed id, uint256 assets, uint256 left);

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

    /// @notice A program of the suite may not be zero or this program.
    error ProgramInvalid(address program);

    /// @notice The sequencer would hold more than its scores allow.
    error SequencerFull(uint256 id, uint256 stake, uint256 cap);

    /// @notice The operator group would hold too much. `group` is the one that the others are under.
    error GroupFull(uint256 group, uint256 stake, uint256 cap);

    /// @notice The pool would hold too much.
    error PoolFull(address pool, uint256 stake, uint256 cap);

    /// @notice The caller of `delegate` would hold more in the sequencer than it was granted.
    error GrantExceeded(uint256 id, uint256 stake, uint256 grant);

    /// @notice Direct positions would hold too much of the sequencer.
    error SequencerDirectFull(uint256 id, uint256 stake, uint256 cap);

    /// @notice Direct positions would hold too much of everything.
    error DirectFull(uint256 stake, uint256 cap);

    /// @notice Only the distributor may do this.
    error CallerNotDistributor(address caller, address distributor);

    /// @notice Only a registered pool may do this, which the caller is not.
    error PoolUnknown(address pool);

    /// @notice No sequencer has this id, or can have it.
    error SequencerUnknown(uint256 id);

    /// @notice A parameter is outside its bounds, or not in whole METIS where it has to be.
    error ParameterInvalid(uint256 value, uint256 min, uint256 max);

    /// @notice The curator lowers limits, and never raises one.
    error LimitRaised(uint256 value, uint256 limit);

    /// @notice The lists of a batch differ in length.
    error BatchInvalid(uint256 ids, uint256 produced, uint256 assigned);

    /// @notice The proposal was not executed. `state` is the court's.
    error ProposalNotExecuted(uint256 proposal, uint8 state);

    /// @notice The slash has been recorded before.
    error RecordRepeated(uint256 proposal);

    /// @notice The churn of the pool does not hold so much now.
    error ChurnExceeded(uint256 assets, uint256 left);

    /// @notice No group has this number, or it was to be put under itself.
    error GroupInvalid(uint256 group);

    /// @notice The group is under another one's cap, or others are under its own.
    error GroupNotAlone(uint256 group, uint256 leader);

    /// @notice The group is under nobody's cap but its own.
    error GroupAlone(uint256 group);

    /// @notice At most 16 groups share a cap.
    error GroupTooLarge(uint256 group, uint256 limit);

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

    // -------------------------------------------------------------------------------- the question

    /// @notice Whether so much may be delegated.
    /// @dev Own checks, in this order: `SequencerFull`, `GroupFull`; of a pool `PoolFull`,
    /// `GrantExceeded`; of a direct position `SequencerDirectFull`, `DirectFull`. Asks staking for the
    /// stake of groups under one cap, and for other pools only if the answer depends on them.
    /// @return magic the selector of this function
    function check(Figures calldata figures) external view returns (bytes4 magic);

    // ------------------------------------------------------------------------------------- scores

    /// @notice Sets two scores of a sequencer. CURATOR.
    /// @dev Own checks: `SequencerUnknown` (zero or beyond 32 bits: whether it exists is not asked),
    /// `ParameterInvalid` (each at most 10,000). Emits `ScoresChanged`.
    function setScores(uint256 id, uint256 operations, uint256 market) external;

    /// @notice Takes a batch of work into technical scores.
    /// @dev The distributor only: `CallerNotDistributor`, `BatchInvalid`. Blocks produced beyond those
    /// assigned count as these; none assigned changes nothing. Emits `BatchRecorded` for each, or
    /// `SequencerSkipped`: one bad id stops no batch.
    function recordBatch(
        uint256[] calldata ids,
        uint256[] calldata produced,
        uint256[] calldata assigned
    ) external;

    /// @notice Halves the operations of a sequencer for an executed slash, once, in force and
    /// waiting alike. By anyone.
    /// @dev Own checks: `ProposalNotExecuted`, `RecordRepeated`. Emits `SlashRecorded`.
    function recordSlash(uint256 proposal) external;

    // --------------------------------------------------------------------------------------- caps

    /// @notice Sets what a pool may hold in a sequencer: nothing, or 20,000 to 100,000 METIS. CURATOR.
    /// @dev Own checks: `SequencerUnknown` (as in `setScores`; neither is it asked whether the pool is
    /// registered), `ParameterInvalid`. Emits `GrantChanged`.
    function setGrant(address pool, uint256 id, uint256 assets) external;

    /// @notice Gives a pool an absolute cap of its own; from now on that of `limits` is not its. CURATOR.
    /// @dev `ParameterInvalid`: below 2^84. Emits `PoolCapChanged`.
    function setPoolCap(address pool, uint256 assets) external;

    /// @notice Sets all limits. ADMIN.
    /// @dev `ParameterInvalid`, for the first that is out of its bounds: shares at most 10,000 bps, amounts
    /// in whole METIS below 2^84. Emits `LimitsChanged`.
    /// @param poolCap absolute cap of the pools that have none of their own
    function setLimits(
        uint256 operatorShareBps,
        uint256 operatorFloor,
        uint256 poolShareBps,
        uint256 poolFloor,
        uint256 poolCap,
        uint256 directShareBps,
        uint256 churnBps
    ) external;

    /// @notice Lowers some limits, at once. CURATOR.
    /// @dev `ParameterInvalid` as in `setLimits`, `LimitRaised`, for the first that is either. Emits
    /// `LimitsChanged`.
    function lowerLimits(
        uint256 operatorShareBps,
        uint256 operatorFloor,
        uint256 poolShareBps,
        uint256 poolFloor,
        uint256 poolCap,
        uint256 directShareBps,
        uint256 churnBps
    ) external;

    // ------------------------------------------------------------------------------------- groups

    /// @notice Puts a group under the cap of another, at once; takes a split back that waits. CURATOR.
    /// @dev Own checks: `GroupInvalid`, `GroupNotAlone` (`into` is under another, `member` is under a
    /// third or has others under it), `GroupTooLarge` (16, those on their way out included). Emits
    /// `Grouped`.
    function group(uint256 into, uint256 member) external;

    /// @notice Lets a group go, 2 days from now. CURATOR.
    /// @dev Own checks: `GroupInvalid`, `GroupAlone` (under nobody; the one that others are under
    /// cannot leave them). A split that waits begins anew. Emits `Split`.
    function split(uint256 member) external;

    // -------------------------------------------------------------------------------------- churn

    /// @notice Draws on the churn of the calling pool, before it leaves a sequencer for another.
    /// Free, and without an event, if that is not Active.
    /// @dev Own checks: `PoolUnknown`, `SequencerUnknown`, `ChurnExceeded`. Emits `Drawn`.
    /// @return left what remains
    function draw(uint256 id, uint256 assets) external returns (uint256 left);

    // ---------------------------------------------------------------------------------- authority

    /// @notice OpenZeppelin's: another authority, set by the authority itself.
    /// @dev Own checks: `AccessManagedUnauthorized`, `AccessManagedInvalidAuthority` (no code). Emits
    /// `AuthorityUpdated`.
    function setAuthority(address newAuthority) external;

    // -------------------------------------------------------------------------------------- plans

    /// @notice Where METIS of an account goes to: METIS by METIS to the sequencer that is emptiest
    /// relative to its cap and has room, of equal ones to that with the lower id.
    /// @dev Over the live sequencers, as of now; a registered account is planned for as a pool, another
    /// one as a direct position. Carried out at once in the order told, each step is accepted, but for
    /// 1 METIS into an empty position where slashes have left shares that do not divide it.
    /// @return ids the sequencers that get something, by id
    /// @return amounts in whole METIS, together at most `assets`
    function planAllocation(address pool, uint256 assets)
        external
        view
        returns (uint256[] memory ids, uint256[] memory amounts);

    /// @notice Where METIS of an account comes from: of live sequencers that are not Active, by id;
    /// then METIS by METIS from the fullest, of equal ones from that with the lower id.
    /// @dev What would be left of a position below 1 METIS comes along, so the sum is less than 1 METIS
    /// above `assets` at most. Positions in sequencers on their way out are not looked at.
    function planRelease(address pool, uint256 assets)
        external
        view
        returns (uint256[] memory ids, uint256[] memory amounts);

    /// @notice What an account may delegate to a sequencer now, to the wei, and what allows no more.
    /// @dev As staking and this quota would say; a pause, and that a position is 1 METIS at least, apart.
    function room(address pool, uint256 id) external view returns (uint256 assets, Reason reason);

    /// @notice What `planAllocation` would place at most.
    function headroom(address pool) external view returns (uint256 assets);

    /// @notice What of `assets` no sequencer can take: `assets` less what `planAllocation` places.
    /// @return left what cannot be placed
    /// @return reason what stops most of it: the account's own cap if that does, else what keeps most
    /// sequencers from taking more after the plan, of equal ones the first; `None` for nothing
    function stranded(address pool, uint256 assets)
        external
        view
        returns (uint256 left, Reason reason);

    // -------------------------------------------------------------------------------------- views

    /// @notice The scores in force, those of the curator that hold from `effective` on, which is zero if
    /// nothing waits.
    function scoresOf(uint256 id)
        external
        view
        returns (
            uint256 technical,
            uint256 operations,
            uint256 market,
            uint256 nextOperations,
            uint256 nextMarket,
            uint256 effective
        );

    /// @notice The geometric mean of the scores in force.
    function compositeOf(uint256 id) external view returns (uint256);

    /// @notice What a sequencer may hold by its scores.
    function capOf(uint256 id) external view returns (uint256);

    /// @notice What a pool may hold in a sequencer, and what it may from `effective` on, zeros if nothing
    /// waits.
    function grantOf(address pool, uint256 id)
        external
        view
        returns (uint256 assets, uint256 nextAssets, uint256 effective);

    /// @notice The absolute cap of a pool, its own or that of `limits`, likewise.
    function poolCapOf(address pool)
        external
        view
        returns (uint256 assets, uint256 nextAssets, uint256 effective);

    /// @notice The limits in force.
    function limits()
        external
        view
        returns (
            uint256 operatorShareBps,
            uint256 operatorFloor,
            uint256 poolShareBps,
            uint256 poolFloor,
            uint256 poolCap,
            uint256 directShareBps,
            uint256 churnBps
        );

    /// @notice What a pool may move now, and what it may in a day.
    function churnOf(address pool) external view returns (uint256 left, uint256 daily);

    /// @notice The group under whose cap a group is, itself if it is under no other; and when that
    /// ends, zero if it does not.
    function groupOf(uint256 member) external view returns (uint256 leader, uint256 until);

    /// @notice All groups that are under one cap with this one, the one that the others are under first.
    function membersOf(uint256 member) external view returns (uint256[] memory);

    /// @notice Whether a slash was recorded.
    function isRecorded(uint256 proposal) external view returns (bool);

    /// @notice The program that owns the stake.
    function staking() external view returns (address);

    /// @notice The program whose slashes halve operations.
    function court() external view returns (address);

    /// @notice Who brings batches.
    function distributor() external view returns (address);

    /// @notice OpenZeppelin's: who decides who may do what.
    function authority() external view returns (address);

    /// @notice OpenZeppelin's: the selector of this moment's scheduled operation, else zero.
    function isConsumingScheduledOp() external view returns (bytes4);
}

/// @title SequencerQuota
/// @notice The constructor, which an interface cannot declare.
abstract contract SequencerQuota is ISequencerQuota {
    /// @notice Sets once, for good, the programs of the suite. Limits start at 2,000 bps and 100,000
    /// METIS of an operator; 3,300 bps, 400,000 and 1,000,000 METIS of a pool; 5,000 bps direct; 100 bps
    /// of churn.
    /// @dev As the other constructors. Own checks: `ConstructionRepeated`, `ProgramInvalid`,
    /// `AccessManagedInvalidAuthority`. Emits `AuthorityUpdated`, `Constructed`.
    constructor(address staking, address court, address distributor, address authority) {}
}
