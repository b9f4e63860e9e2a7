// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

/// @title ILiquidStaking
/// @notice The eMETIS hub: deposit METIS, hold eMETIS, a claim on the same amount of METIS.
///
/// This file is the source of every function, event and error of the hub. Amounts are wei of
/// METIS, times are seconds of `block.timestamp`. Nothing here rounds: eMETIS is minted one to one.
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
/// Restricted entries are `sweep`, `pause` and `unpause`: whom the authority lets in, and after which
/// delay, is its matter (ABI and meaning of OpenZeppelin's `AccessManaged`). Pausable entries are
/// `deposit` and `depositAndStake`. A pause lasts 7 days at most, ends by itself, and is followed by
/// 7 days without one.
interface ILiquidStaking {
    // ---------------------------------------------------------------------------------- events

    /// @notice The one construction took place.
    event Constructed(address indexed vault, address indexed minter, address indexed authority);

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

    /// @notice The minter brought `assets` of METIS and as much eMETIS went to `receiver`.
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
    /// @param buffer METIS that stays, untouched, as eMETIS holders own it
    event Swept(
        address indexed caller,
        address indexed receiver,
        uint256 assets,
        uint256 buffer
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

    /// @notice The vault may not be the zero address or the hub.
    error VaultInvalid(address vault);

    /// @notice Only the minter may do this. A zero minter is nobody.
    error CallerNotMinter(address caller, address minter);

    /// @notice Only the vault may do this.
    error CallerNotVault(address caller, address vault);

    /// @notice No METIS came with the call.
    error AssetsZero();

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

    /// @notice There is no METIS beyond the buffer.
    error DonationsZero(uint256 balance, uint256 buffer);

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
    /// @dev Own checks: `ConstructionMissing`, `EntriesPaused`, `ERC20InvalidReceiver` (zero or the
    /// hub), `AssetsZero`, `DepositsHalted` (backing + 0.000001 METIS < supply), `SupplyOverflow`,
    /// `BufferOverflow`, `BalanceOverflow`. Emits `Deposited`, then `Transfer`.
    /// @param tag free mark of a front-end or a campaign, only copied into the event
    /// @return minted eMETIS minted, equal to the METIS sent
    function deposit(address receiver, bytes32 tag) external payable returns (uint256 minted);

    /// @notice Turns the METIS sent into as much eMETIS and stakes it in the vault for `receiver`.
    /// @dev Own checks: `ConstructionMissing`, `EntriesPaused`, `AssetsZero`, `DepositsHalted`,
    /// `SupplyOverflow`, `BufferOverflow`, `BalanceOverflow`; then those of the vault's `deposit`,
    /// with `SharesBelowMin` last: `EntriesPaused` of the vault, `ERC20InvalidReceiver` (zero or the vault),
    /// `ERC4626ExceededMaxDeposit`, `SharesZero`, `BalanceOverflow`. Emits `Deposited` and
    /// `Transfer` with the vault as receiver; the vault emits `Deposit` and `Transfer`.
    /// @param minShares the fewest shares that the caller accepts
    /// @return shares seMETIS that `receiver` got
    function depositAndStake(address receiver, uint256 minShares, bytes32 tag)
        external
        payable
        returns (uint256 shares);

    /// @notice Books the METIS sent as backing and mints as much eMETIS to `receiver`.
    /// @dev Own checks: `ConstructionMissing`, `CallerNotMinter`, `ERC20InvalidReceiver` (zero or
    /// the hub), `AssetsZero`, `SupplyOverflow`, `BufferOverflow`, `BalanceOverflow`. It is not
    /// halted or paused with deposits. Emits `RewardsReceived`, then `Transfer`.
    /// @return minted eMETIS minted, equal to the METIS sent
    function receiveRewards(address receiver) external payable returns (uint256 minted);

    /// @notice Sends donated METIS, exactly what the hub holds beyond its buffer, to `receiver`.
    /// Restricted.
    /// @dev Own checks: `ReceiverInvalid` (zero or the hub), `DonationsZero`; after the event, as the last act, `PaymentFailed`. Emits `Swept`.
    /// @return assets METIS sent
    function sweep(address receiver) external returns (uint256 assets);

    /// @notice Burns `assets` of the vault's eMETIS, for a loss that the vault bears.
    /// @dev Own checks: `CallerNotVault`, `ERC20InsufficientBalance`. Emits `Burned`, then
    /// `Transfer`.
    function burn(uint256 assets) external;

    // ------------------------------------------------------------------------ authority and pause

    /// @notice Sets another authority.
    /// @dev Own checks: `AccessManagedUnauthorized` (only the authority itself),
    /// `AccessManagedInvalidAuthority` (no code). Emits `AuthorityUpdated`.
    function setAuthority(address authority) external;

    /// @notice Pauses deposits for `duration` seconds. Restricted.
    /// @dev Own checks: `DurationZero`, `PauseTooLong` (7 days), `PauseTooEarly` (7 days after the
    /// last pause ended, by itself or by `unpause`). Emits `Paused`. Nothing that lets somebody out
    /// is ever paused.
    function pause(uint32 duration) external;

    /// @notice Ends a pause before its time. Restricted.
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

    /// @notice METIS placed with sequencers, at cost. Zero in this version.
    function placed() external view returns (uint256);

    /// @notice `buffer + placed`: what stands behind the supply.
    function backing() external view returns (uint256);

    /// @notice By how much backing falls short of supply; zero when it does not.
    function shortfall() external view returns (uint256);

    /// @notice The hub's books in one answer.
    function totals() external view returns (uint256 supply, uint256 buffer, uint256 placed);

    /// @notice The largest deposit for `receiver` that goes through now; zero when none does.
    function maxDeposit(address receiver) external view returns (uint256);

    /// @notice The seMETIS vault, where `depositAndStake` stakes.
    function vault() external view returns (address);

    /// @notice Who may call `receiveRewards`; the zero address is nobody.
    function minter() external view returns (address);
}

/// @title LiquidStaking
/// @notice The constructor, which an interface cannot declare.
abstract contract LiquidStaking is ILiquidStaking {
    /// @notice Sets the vault and who may bring rewards, for good, and the first authority.
    /// @dev Called with the selector of `stylus_constructor()` followed by the three arguments, in
    /// the transaction that deploys: whoever calls first constructs. Not payable. Own checks:
    /// `ConstructionRepeated`, `VaultInvalid` (zero or the hub), `AccessManagedInvalidAuthority` (no
    /// code). Emits `AuthorityUpdated`, `Constructed`.
    /// @param vault may be constructed later, but must be from the same hands
    /// @param minter the zero address stands for nobody
    constructor(address vault, address minter, address authority) {}
}
