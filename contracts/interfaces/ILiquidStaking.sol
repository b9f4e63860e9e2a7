// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

/// @title ILiquidStaking
/// @notice The eMETIS hub: deposit METIS, hold eMETIS, a claim on the same amount of METIS, redeem it.
///
/// This file is the source of every function, event and error of the hub. Amounts are wei of
/// METIS, times are seconds of `block.timestamp`. eMETIS is minted one to one; what leaves for it is
/// rounded down.
///
/// **Books.** `backing = buffer + placed` stands behind the supply: the buffer is METIS in the hub, what
/// is placed is with sequencers, at cost. The rate of redemption is `min(1, backing / supply)`. Fees of
/// instant redemptions are METIS of the hub beyond its buffer, until they come back as a reward.
///
/// **Ways out.** `redeemNow` pays at once, for a fee, up to a part of the supply a day, from what of the
/// buffer the redemption queue is not owed. The queue pays everybody else in order, by `fill`.
///
/// **A pending loss.** While the allocator says that more may be lost than holders of seMETIS bear,
/// deposits and redemptions wait, so that nobody leaves at a rate that is about to fall. The hub bounds
/// that by itself. A wait that begins 21 days or more after the last period of waits began, or as the
/// first ever, begins a period. In the 14 days from there a second wait may begin, no third, and none
/// begins later until 21 days are over; no wait outlives the 14 days.
///
/// Checks run in this order, and the first that fails names the error. An entry skips the steps
/// that do not concern it; its own part of step 7 is listed with it.
///
/// 1. `CalldataTooLong`: the calldata is longer than 8,192 bytes, whatever it holds.
/// 2. `SelectorUnknown`: no entry has this selector, or there are fewer than 4 bytes; with or
///    without value. There is no `receive` and no `fallback`.
/// 3. `ValueRefused`: METIS sent to an entry that is not payable, views included.
/// 4. `ReentryRefused`: a state-changing entry called while the hub is out on a call of its own.
///    Views are never refused.
/// 5. `AccessManagedUnauthorized`: a restricted entry whose caller the authority does not let in. A
///    caller who must have scheduled the call is refused by the authority, with its own errors.
/// 6. `ArgumentsInvalid`: calldata shorter than the arguments, upper bits of an `address`, `uint32`
///    or `uint8` that are not zero, an offset or a length of `bytes` that leaves the calldata. Bytes
///    after the arguments are ignored, and so is the padding of `bytes`, as in code made by solc.
/// 7. the entry's own checks.
///
/// A state-changing entry in a static call is stopped by the chain itself, without data.
///
/// Restricted entries are `sweep`, `setRedemption`, `pause` and `unpause`: whom the authority lets in, and after which
/// delay, is its matter (ABI and meaning of OpenZeppelin's `AccessManaged`). Pausable entries are
/// `deposit` and `depositAndStake`. A pause lasts 7 days at most, ends by itself, and is followed by
/// 7 days without one.
interface ILiquidStaking {
    // ---------------------------------------------------------------------------------- events

    /// @notice The one construction took place.
    event Constructed(
        address indexed vault, address indexed queue, address indexed allocator, address authority
    );

    /// @notice `assets` of METIS came in and as much eMETIS went to `receiver`.
    /// A `Transfer` from the zero address follows it in the log.
    /// @param tag what the caller chose to mark the deposit with; it has no effect
    /// @param supply total supply after the deposit
    event Deposited(
        address indexed caller,
        address indexed receiver,
        bytes32 tag,
        uint256 assets,
        uint256 supply
    );

    /// @notice `nominal` of eMETIS was redeemed at once: `assets` of METIS went to `receiver`, `fee` of it
    /// to the next reward. A `Transfer` to the zero address follows it in the log.
    /// @param supply total supply after it
    event RedeemedNow(
        address indexed caller,
        address indexed receiver,
        uint256 nominal,
        uint256 assets,
        uint256 fee,
        uint256 supply
    );

    /// @notice `nominal` of the queue's eMETIS was redeemed for `assets` of METIS. A `Transfer` to the zero
    /// address follows it in the log.
    /// @param supply total supply after it
    /// @param buffer METIS that stays
    event Filled(uint256 nominal, uint256 assets, uint256 supply, uint256 buffer);

    /// @notice `assets` of METIS left for the allocator, to be placed with sequencers.
    event Placed(uint256 assets, uint256 buffer, uint256 placed);

    /// @notice `assets` of METIS that were placed came back.
    event UnbondedReceived(uint256 assets, uint256 buffer, uint256 placed);

    /// @notice `assets` of METIS came in for which nothing is minted: backing that was missing.
    event BackingReceived(uint256 assets, uint256 buffer, uint256 shortfall);

    /// @notice `loss` of what was placed is lost; `pending` may be lost beyond what holders of seMETIS
    /// bear, and until `until` deposits and redemptions wait for that, zero if they do not.
    event Settled(uint256 loss, uint256 placed, uint256 shortfall, uint256 pending, uint256 until);

    /// @notice Fees of instant redemptions became backing, and as much eMETIS went to `receiver`.
    /// A `Transfer` from the zero address follows it in the log.
    event FeesCollected(address indexed receiver, uint256 assets, uint256 supply);

    /// @notice Instant redemptions have another fee and another part of the supply a day.
    event RedemptionChanged(
        uint256 oldFeeBps, uint256 newFeeBps, uint256 oldDailyBps, uint256 newDailyBps
    );

    /// @notice The allocator brought `assets` of METIS and as much eMETIS went to `receiver`.
    /// A `Transfer` from the zero address follows it in the log.
    /// @param supply total supply after the rewards
    event RewardsReceived(
        address indexed caller,
        address indexed receiver,
        uint256 assets,
        uint256 supply
    );

    /// @notice The vault burned `assets` of its eMETIS for a loss.
    /// A `Transfer` to the zero address follows it in the log.
    /// @param supply total supply after it
    event Burned(address indexed caller, uint256 assets, uint256 supply);

    /// @notice Donated METIS left for `receiver`.
    /// @param ledger METIS that stays, untouched: buffer and fees
    event Swept(
        address indexed caller,
        address indexed receiver,
        uint256 assets,
        uint256 ledger
    );

    /// @notice OpenZeppelin: another authority says from now on who may call what.
    event AuthorityUpdated(address authority);

    /// @notice Pausable entries refuse until `until`, that second excluded.
    event Paused(address indexed caller, uint256 until);

    /// @notice The pause ended before its time.
    event Unpaused(address indexed caller);

    /// @notice ERC-20: eMETIS moved; from the zero address when minted, to it when burned.
    event Transfer(address indexed from, address indexed to, uint256 value);

    /// @notice ERC-20: an allowance was set by `approve` or `permit`. Spending one emits nothing.
    event Approval(address indexed owner, address indexed spender, uint256 value);

    // ---------------------------------------------------------------------------------- errors

    /// @notice The calldata is longer than the hub reads.
    error CalldataTooLong(uint256 size, uint256 limit);

    /// @notice No entry has this selector.
    /// @param selector first 4 bytes of the calldata, missing ones as zero
    /// @param size length of the calldata
    error SelectorUnknown(bytes4 selector, uint256 size);

    /// @notice METIS was sent to an entry that takes none.
    error ValueRefused(bytes4 selector, uint256 value);

    /// @notice A state-changing entry was called while the hub is out on a call.
    error ReentryRefused(bytes4 selector);

    /// @notice The calldata does not hold the entry's arguments.
    /// @param size length of the calldata
    error ArgumentsInvalid(bytes4 selector, uint256 size);

    /// @notice The hub has not been constructed yet.
    error ConstructionMissing(bytes4 selector);

    /// @notice The hub has been constructed before.
    error ConstructionRepeated();

    /// @notice A program of the suite may not be the zero address or the hub.
    error ProgramInvalid(address program);

    /// @notice Only the allocator may do this.
    error CallerNotAllocator(address caller, address allocator);

    /// @notice Only the redemption queue may do this.
    error CallerNotQueue(address caller, address queue);

    /// @notice Only the vault may do this.
    error CallerNotVault(address caller, address vault);

    /// @notice No METIS came with the call, or none would leave.
    error AssetsZero();

    /// @notice More may be lost than holders of seMETIS bear; until `until` this waits.
    error LossPending(uint256 pending, uint256 until);

    /// @notice Less METIS would leave than the caller accepts.
    error AssetsBelowMin(uint256 assets, uint256 minAssets);

    /// @notice The buffer holds less than that beyond what it owes.
    error BufferTooSmall(uint256 assets, uint256 available);

    /// @notice So much may not be redeemed at once now.
    error RedemptionLimited(uint256 nominal, uint256 left);

    /// @notice The queue asks for more METIS than its eMETIS is worth.
    error FillTooLarge(uint256 assets, uint256 max);

    /// @notice What is placed would not fit 84 bits. Out of reach while there is less METIS.
    error PlacedOverflow(uint256 placed, uint256 assets, uint256 limit);

    /// @notice There is not as much placed.
    error PlacedTooSmall(uint256 assets, uint256 placed);

    /// @notice There is not as much missing.
    error BackingTooLarge(uint256 assets, uint256 shortfall);

    /// @notice There are no fees to collect.
    error FeesZero();

    /// @notice A parameter is outside its bounds.
    error ParameterInvalid(uint256 value, uint256 min, uint256 max);

    /// @notice Deposits wait until backing is at most 0.000001 METIS below supply.
    error DepositsHalted(uint256 backing, uint256 supply);

    /// @notice Total supply would not fit 84 bits.
    error SupplyOverflow(uint256 supply, uint256 assets, uint256 limit);

    /// @notice The buffer would not fit 84 bits.
    error BufferOverflow(uint256 buffer, uint256 assets, uint256 limit);

    /// @notice An account's balance would not fit 128 bits. Out of reach while supply fits 84.
    error BalanceOverflow(address account, uint256 balance, uint256 added);

    /// @notice The vault's address has no vault that answers.
    error VaultMissing(address vault);

    /// @notice Of the vault, in `depositAndStake`: there are no shares in it.
    error SharesZero();

    /// @notice Of the vault, in `depositAndStake`: `max` is zero while its entries are closed.
    error ERC4626ExceededMaxDeposit(address receiver, uint256 assets, uint256 max);

    /// @notice Of the vault, in `depositAndStake`: fewer shares than the caller accepts.
    error SharesBelowMin(uint256 shares, uint256 minShares);

    /// @notice METIS may not be sent to the zero address or to the hub.
    error ReceiverInvalid(address receiver);

    /// @notice There is no METIS beyond buffer and fees.
    error DonationsZero(uint256 balance, uint256 ledger);

    /// @notice The receiver did not take the METIS.
    error PaymentFailed(address receiver, uint256 assets);

    /// @notice OpenZeppelin: the authority does not let the caller in, or does not answer.
    error AccessManagedUnauthorized(address caller);

    /// @notice OpenZeppelin: an authority must have code.
    error AccessManagedInvalidAuthority(address authority);

    /// @notice Of the authority: the caller has not scheduled this call.
    error AccessManagerNotScheduled(bytes32 operationId);

    /// @notice Of the authority: the call was scheduled and is not due yet.
    error AccessManagerNotReady(bytes32 operationId);

    /// @notice Of the authority: the call was scheduled and due for too long.
    error AccessManagerExpired(bytes32 operationId);

    /// @notice Entries are paused until `until`, that second excluded.
    error EntriesPaused(uint256 until);

    /// @notice A pause has a length.
    error DurationZero();

    /// @notice A pause lasts 7 days at most.
    error PauseTooLong(uint256 duration, uint256 max);

    /// @notice The last pause has not been over for 7 days.
    /// @param next when the next may begin
    error PauseTooEarly(uint256 next);

    /// @notice There is no pause that could end.
    error PauseMissing();

    /// @notice ERC-6093: the balance is below what the transfer needs.
    error ERC20InsufficientBalance(address sender, uint256 balance, uint256 needed);

    /// @notice ERC-6093: eMETIS does not come from the zero address by a transfer.
    error ERC20InvalidSender(address sender);

    /// @notice ERC-6093: eMETIS may not go to the zero address or to the hub.
    error ERC20InvalidReceiver(address receiver);

    /// @notice ERC-6093: the allowance is below what the transfer needs.
    error ERC20InsufficientAllowance(address spender, uint256 allowance, uint256 needed);

    /// @notice ERC-6093: the zero address may not be given an allowance.
    error ERC20InvalidSpender(address spender);

    /// @notice The permit's deadline has passed.
    error ERC2612ExpiredSignature(uint256 deadline);

    /// @notice The permit was signed by someone else, or by nobody (`signer` zero).
    error ERC2612InvalidSigner(address signer, address owner);

    /// @notice The owner is a contract and did not confirm the signature.
    error ERC1271InvalidSignature(address owner);

    /// @notice An account without code signs with 65 bytes.
    error ECDSAInvalidSignatureLength(uint256 length);

    /// @notice The recovery byte is neither 27 nor 28.
    error ECDSAInvalidSignatureV(uint8 v);

    /// @notice The signature's `s` is in the upper half of the order and thus malleable.
    error ECDSAInvalidSignatureS(bytes32 s);

    /// @notice The signature is longer than the hub hands on to a contract.
    error SignatureTooLong(uint256 length, uint256 limit);

    // --------------------------------------------------------------------------------- entries

    /// @notice Turns the METIS sent into as much eMETIS for `receiver`.
    /// @dev Own checks: `ConstructionMissing`, `EntriesPaused`, `LossPending`, `ERC20InvalidReceiver`
    /// (zero or the hub), `AssetsZero`, `DepositsHalted` (backing + 0.000001 METIS < supply),
    /// `SupplyOverflow`, `BufferOverflow`, `BalanceOverflow`. Emits `Deposited`, then `Transfer`.
    /// @param tag free mark of a front-end or a campaign, only copied into the event
    /// @return minted eMETIS minted, equal to the METIS sent
    function deposit(address receiver, bytes32 tag) external payable returns (uint256 minted);

    /// @notice Turns the METIS sent into as much eMETIS and stakes it in the vault for `receiver`.
    /// @dev Own checks: `ConstructionMissing`, `EntriesPaused`, `LossPending`, `AssetsZero`,
    /// `DepositsHalted`, `SupplyOverflow`, `BufferOverflow`, `BalanceOverflow`; then those of the vault's `deposit`,
    /// with `SharesBelowMin` last: `EntriesPaused` of the vault, `ERC20InvalidReceiver` (zero or the vault),
    /// `ERC4626ExceededMaxDeposit`, `SharesZero`, `BalanceOverflow`. Emits `Deposited` and
    /// `Transfer` with the vault as receiver; the vault emits `Deposit` and `Transfer`.
    /// @param minShares the fewest shares that the caller accepts
    /// @return shares seMETIS that `receiver` got
    function depositAndStake(address receiver, uint256 minShares, bytes32 tag)
        external
        payable
        returns (uint256 shares);

    /// @notice Redeems `nominal` of the caller's eMETIS at once, for `receiver`.
    /// @dev It takes `floor(nominal * rate)` of the buffer and pays
    /// `floor(nominal * backing * (10,000 - feeBps) / (supply * 10,000))`, at most as if backing were the
    /// supply; the rest of it is the fee. It draws `nominal` on a limit, `dailyBps` of the supply before it,
    /// which refills within a day, evenly, what makes no wei yet kept for later. Own checks: `ConstructionMissing`, `LossPending`,
    /// `ReceiverInvalid` (zero or the hub), `AssetsZero` (nothing named, or nothing to pay),
    /// `AssetsBelowMin`, `RedemptionLimited`, `BufferTooSmall` (what it takes with the fee, against the
    /// buffer beyond what the queue is owed), `ERC20InsufficientBalance`; after the events, as the last
    /// act, `PaymentFailed`. Never paused. Emits `RedeemedNow`, then `Transfer`.
    /// @param minAssets the least METIS that the caller accepts
    /// @return assets METIS that `receiver` got
    function redeemNow(uint256 nominal, uint256 minAssets, address receiver)
        external
        returns (uint256 assets);

    /// @notice Redeems `nominal` of the queue's eMETIS for `assets` of METIS, which go to its
    /// `receiveFill`.
    /// @dev The queue only. Own checks: `CallerNotQueue`, `LossPending`, `FillTooLarge` (more than
    /// `floor(nominal * rate)`), `BufferTooSmall` (the whole buffer), `ERC20InsufficientBalance`. Emits
    /// `Filled`, then `Transfer`.
    function fill(uint256 nominal, uint256 assets) external;

    /// @notice Sends `assets` of the buffer to `receivePlaced` of the allocator.
    /// @dev The allocator only. Own checks: `CallerNotAllocator`, `AssetsZero`, `BufferTooSmall` (the
    /// buffer beyond what the queue is owed), `PlacedOverflow`. Emits `Placed`.
    function place(uint256 assets) external;

    /// @notice Books the METIS sent as placed METIS that came back.
    /// @dev The allocator only. Own checks: `CallerNotAllocator`, `AssetsZero`, `PlacedTooSmall`,
    /// `BufferOverflow`. Emits `UnbondedReceived`.
    function receiveUnbonded() external payable;

    /// @notice Books the METIS sent as backing that was missing.
    /// @dev The allocator only. Own checks: `CallerNotAllocator`, `AssetsZero`, `BackingTooLarge`,
    /// `BufferOverflow`. Emits `BackingReceived`.
    function receiveBacking() external payable;

    /// @notice Books a loss of what is placed, and what more may be lost beyond what holders of seMETIS
    /// bear; `until` is when that is decided at the latest.
    /// @dev The allocator only: `CallerNotAllocator`, `PlacedTooSmall`. `pending` of zero ends the wait.
    /// A wait that goes on ends at `until` from then on, if it does not end before by the bounds told
    /// above; one that would begin and end at once is none. Emits `Settled`.
    function settle(uint256 loss, uint256 pending, uint256 until) external;

    /// @notice Turns fees of instant redemptions into backing and as much eMETIS for `receiver`.
    /// @dev The allocator only. Own checks: `CallerNotAllocator`, `ERC20InvalidReceiver` (zero or the
    /// hub), `FeesZero`, `SupplyOverflow`, `BufferOverflow`, `BalanceOverflow`. Emits `FeesCollected`,
    /// then `Transfer`.
    /// @return assets eMETIS minted
    function collectFees(address receiver) external returns (uint256 assets);

    /// @notice Books the METIS sent as backing and mints as much eMETIS to `receiver`.
    /// @dev Own checks: `ConstructionMissing`, `CallerNotAllocator`, `ERC20InvalidReceiver` (zero or
    /// the hub), `AssetsZero`, `SupplyOverflow`, `BufferOverflow`, `BalanceOverflow`. It is not
    /// halted or paused with deposits. Emits `RewardsReceived`, then `Transfer`.
    /// @return minted eMETIS minted, equal to the METIS sent
    function receiveRewards(address receiver) external payable returns (uint256 minted);

    /// @notice Sends donated METIS, exactly what the hub holds beyond buffer and fees, to `receiver`.
    /// TREASURY.
    /// @dev Own checks: `ReceiverInvalid` (zero or the hub), `DonationsZero`; after the event, as the last act, `PaymentFailed`. Emits `Swept`.
    /// @return assets METIS sent
    function sweep(address receiver) external returns (uint256 assets);

    /// @notice Burns `assets` of the vault's eMETIS, for a loss that the vault bears.
    /// @dev Own checks: `CallerNotVault`, `ERC20InsufficientBalance`. Emits `Burned`, then
    /// `Transfer`.
    function burn(uint256 assets) external;

    /// @notice Sets fee and daily limit of instant redemptions. ADMIN.
    /// @dev `ParameterInvalid`: at most 500 bps of fee, at most 10,000 bps of the supply a day; a limit of
    /// zero closes them. Of the limit is left what was left after it was last drawn on, and what has
    /// refilled since at the new pace, at most the new limit. Emits `RedemptionChanged`.
    function setRedemption(uint256 feeBps, uint256 dailyBps) external;

    // ------------------------------------------------------------------------ authority and pause

    /// @notice Sets another authority.
    /// @dev Own checks: `AccessManagedUnauthorized` (only the authority itself),
    /// `AccessManagedInvalidAuthority` (no code). Emits `AuthorityUpdated`.
    function setAuthority(address authority) external;

    /// @notice Pauses deposits for `duration` seconds. GUARDIAN.
    /// @dev Own checks: `DurationZero`, `PauseTooLong` (7 days), `PauseTooEarly` (7 days after the
    /// last pause ended, by itself or by `unpause`). Emits `Paused`. Nothing that lets somebody out
    /// is ever paused.
    function pause(uint32 duration) external;

    /// @notice Ends a pause before its time. GUARDIAN.
    /// @dev Own check: `PauseMissing`. Emits `Unpaused`.
    function unpause() external;

    /// @notice Who says who may call restricted entries.
    function authority() external view returns (address);

    /// @notice Its own selector while the authority is told of a scheduled call, zero otherwise.
    function isConsumingScheduledOp() external view returns (bytes4);

    /// @notice When entries open again, that second included; zero while they are not paused.
    function pausedUntil() external view returns (uint256);

    /// @notice From when on a pause may begin; zero if there never was one.
    function nextPause() external view returns (uint256);

    // ---------------------------------------------------------------------------------- ERC-20

    /// @notice Moves `value` of the caller's eMETIS to `to`.
    /// @dev Own checks: `ERC20InvalidReceiver` (zero or the hub), `ERC20InsufficientBalance`,
    /// `BalanceOverflow`. Emits `Transfer`, for zero and for a transfer to oneself as well.
    function transfer(address to, uint256 value) external returns (bool);

    /// @notice Lets `spender` move up to `value` of the caller's eMETIS; replaces what was set.
    /// @dev Own check: `ERC20InvalidSpender` (zero). Emits `Approval`.
    function approve(address spender, uint256 value) external returns (bool);

    /// @notice Moves `value` of eMETIS of `from` to `to`, on an allowance to the caller.
    /// @dev Own checks: `ERC20InvalidSender` (zero), `ERC20InvalidReceiver` (zero or the hub),
    /// `ERC20InsufficientAllowance`, `ERC20InsufficientBalance`, `BalanceOverflow`. The allowance
    /// falls by `value`; one of 2^256 - 1 is infinite and stays. An owner needs an allowance to
    /// itself as anybody else. Emits `Transfer`, never `Approval`.
    function transferFrom(address from, address to, uint256 value) external returns (bool);

    // ---------------------------------------------------------------------- permit (EIP-2612)

    /// @notice Sets the allowance of `spender` over eMETIS of `owner`, who signed for it.
    /// @dev Own checks: `ERC2612ExpiredSignature` (now > deadline), `ERC20InvalidSpender` (zero),
    /// then the signature. An owner with code is asked by ERC-1271 about the 65 bytes r, s, v and
    /// must answer with its magic value: `ERC1271InvalidSignature`. An owner without code:
    /// `ECDSAInvalidSignatureV`, `ECDSAInvalidSignatureS`, `ERC2612InvalidSigner`.
    /// The nonce used rises by one. Emits `Approval`. Anyone may hand in a permit, so a call that
    /// combines one with more should go on if the allowance is there already.
    function permit(
        address owner,
        address spender,
        uint256 value,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external;

    /// @notice Sets an allowance by a signature of any form that the owner's contract accepts.
    /// @dev As the other `permit`, with these checks of the signature: `SignatureTooLong` (4,096
    /// bytes) for all; an owner without code: `ECDSAInvalidSignatureLength` (65), then as there.
    function permit(
        address owner,
        address spender,
        uint256 value,
        uint256 deadline,
        bytes calldata signature
    ) external;

    // ----------------------------------------------------------------------------------- views

    /// @notice "Liquid METIS".
    function name() external view returns (string memory);

    /// @notice "eMETIS".
    function symbol() external view returns (string memory);

    /// @notice 18, as METIS.
    function decimals() external view returns (uint8);

    /// @notice eMETIS in existence.
    function totalSupply() external view returns (uint256);

    /// @notice eMETIS of `account`.
    function balanceOf(address account) external view returns (uint256);

    /// @notice What `spender` may still move of `owner`; 2^256 - 1 is infinite.
    function allowance(address owner, address spender) external view returns (uint256);

    /// @notice The nonce that the next permit of `owner` must be signed with.
    function nonces(address owner) external view returns (uint256);

    /// @notice EIP-712 domain separator, computed for the chain and the address of the moment.
    function DOMAIN_SEPARATOR() external view returns (bytes32);

    /// @notice EIP-5267: name, version, chain and contract of the signing domain (`fields` 0x0f).
    function eip712Domain()
        external
        view
        returns (
            bytes1 fields,
            string memory name,
            string memory version,
            uint256 chainId,
            address verifyingContract,
            bytes32 salt,
            uint256[] memory extensions
        );

    /// @notice METIS on the hub's books that is not placed with sequencers. Never its balance.
    function buffer() external view returns (uint256);

    /// @notice METIS placed with sequencers, at cost.
    function placed() external view returns (uint256);

    /// @notice `buffer + placed`: what stands behind the supply.
    function backing() external view returns (uint256);

    /// @notice By how much backing falls short of supply; zero when it does not.
    function shortfall() external view returns (uint256);

    /// @notice The hub's books in one answer.
    function totals() external view returns (uint256 supply, uint256 buffer, uint256 placed);

    /// @notice What may be lost beyond what holders of seMETIS bear, and until when deposits and
    /// redemptions wait for that; `until` is zero while they do not.
    function pendingLoss() external view returns (uint256 pending, uint256 until);

    /// @notice What `redeemNow` would pay for `nominal`, limits and buffer apart, and its fee.
    function previewRedeemNow(uint256 nominal)
        external
        view
        returns (uint256 assets, uint256 fee);

    /// @notice The largest `redeemNow` of an account, for a receiver that may be paid, that goes through
    /// now; zero when none does.
    function maxRedeemNow(address owner) external view returns (uint256 nominal);

    /// @notice Fee and daily limit of instant redemptions, what of the limit is left in eMETIS, and fees
    /// in hand in METIS.
    function instantRedemption()
        external
        view
        returns (uint256 feeBps, uint256 dailyBps, uint256 left, uint256 fees);

    /// @notice The largest deposit for `receiver` that goes through now; zero when none does.
    function maxDeposit(address receiver) external view returns (uint256);

    /// @notice The seMETIS vault, where `depositAndStake` stakes.
    function vault() external view returns (address);

    /// @notice The redemption queue, which `fill` pays.
    function queue() external view returns (address);

    /// @notice Who places METIS with sequencers and brings it back, rewards and losses too.
    function allocator() external view returns (address);
}

/// @title LiquidStaking
/// @notice The constructor, which an interface cannot declare.
abstract contract LiquidStaking is ILiquidStaking {
    /// @notice Sets the programs of the pool for good, and the first authority. Instant redemptions start
    /// at a fee of 50 bps and 100 bps of the supply a day.
    /// @dev Called with the selector of `stylus_constructor()` followed by the arguments, in the
    /// transaction that deploys: whoever calls first constructs. Not payable. Own checks:
    /// `ConstructionRepeated`, `ProgramInvalid` (zero or the hub), `AccessManagedInvalidAuthority` (no
    /// code). The programs may be constructed later, but must be from the same hands. Emits
    /// `AuthorityUpdated`, `Constructed`.
    constructor(address vault, address queue, address allocator, address authority) {}
}
