// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

/// @title IRedemptionQueue
/// @notice The way out of eMETIS at its full rate: request, wait for the batch, claim METIS.
///
/// A *ticket* is an ERC-721 token for what was requested. Amounts are wei: of eMETIS what is `nominal`, of
/// METIS what is `assets`. Times are seconds of `block.timestamp`.
///
/// **Batches.** A ticket joins the batch that is open; the first ticket opens one, which closes
/// `batchLength` later by itself. A batch whose tickets were all cancelled stays open, and begins anew
/// with its next ticket. The number of a ticket is `batch * 2^32 + its place in the batch`, both counted
/// from 1, so that tickets of a batch follow each other. While its batch is open a ticket may be
/// cancelled, for nothing; afterwards it may be sold, never cancelled.
///
/// **Filling.** `finalize`, by anyone, fills closed batches strictly in order from the buffer of the hub,
/// at the rate of that moment, `min(1, backing / supply)`. It may fill a part of a batch: all its tickets
/// share that, and what is filled never changes again. It costs the same for one ticket and for a
/// million.
///
/// **Claiming.** A ticket is due `floor(nominal * filledAssets / nominal of the batch)`, less what it has
/// claimed. A claim of all that a filled batch owes a ticket ends it. What rounding leaves, at most a wei
/// for each ticket, stays in the queue for good.
///
/// Nothing here is ever paused. Checks run in the order told by `ILiquidStaking`, then the entry's own in
/// the order listed. Restricted entries are `setBatchLength` and `sweep`.
interface IRedemptionQueue {
    /// @notice What a batch is. One that is filled in part is closed.
    enum State {
        /// there is no such batch
        None,
        /// tickets join, and may be cancelled
        Open,
        /// it waits to be filled
        Closed,
        /// all of it is filled
        Filled
    }

    // ---------------------------------------------------------------------------------- events

    /// @notice The one construction took place.
    event Constructed(address indexed hub, address authority);

    /// @notice A batch opened, until `closes`, that second excluded.
    event BatchOpened(uint256 indexed batch, uint256 closes);

    /// @notice `nominal` of eMETIS went in for a new ticket of `owner`. A `Transfer` from the zero
    /// address follows it in the log.
    /// @param requested eMETIS in the batch after it
    event Requested(
        address indexed caller,
        address indexed owner,
        uint256 indexed ticket,
        uint256 nominal,
        uint256 requested
    );

    /// @notice A ticket ended, and its eMETIS went back to `receiver`. A `Transfer` to the zero address
    /// follows it in the log.
    event Cancelled(
        address indexed caller,
        address indexed receiver,
        uint256 indexed ticket,
        uint256 nominal,
        uint256 requested
    );

    /// @notice `nominal` of a batch was filled with `assets`, and `left` of it waits. `due` is what waits in
    /// all batches.
    event BatchFilled(
        uint256 indexed batch, uint256 nominal, uint256 assets, uint256 left, uint256 due
    );

    /// @notice `assets` of METIS went to `receiver` for a ticket. If that was all, a `Transfer` to the zero
    /// address follows it in the log, else a `MetadataUpdate`.
    /// @param escrow METIS that stays for tickets
    event Claimed(
        address indexed caller,
        address indexed receiver,
        uint256 indexed ticket,
        uint256 assets,
        uint256 escrow
    );

    /// @notice Batches that open from now on last `newLength` seconds.
    event BatchLengthChanged(uint256 oldLength, uint256 newLength);

    /// @notice Donated METIS left for `receiver`.
    event Swept(
        address indexed caller, address indexed receiver, uint256 assets, uint256 escrow
    );

    /// @notice ERC-721: a ticket has another owner; from the zero address when requested, to it when it
    /// ended.
    event Transfer(address indexed from, address indexed to, uint256 indexed tokenId);

    /// @notice ERC-721: `approved` may move or claim a ticket; the zero address is nobody.
    event Approval(address indexed owner, address indexed approved, uint256 indexed tokenId);

    /// @notice ERC-721: `operator` may, or may no longer, do so with all tickets of `owner`.
    event ApprovalForAll(address indexed owner, address indexed operator, bool approved);

    /// @notice ERC-4906: what `tokenURI` tells of a ticket has changed.
    event MetadataUpdate(uint256 _tokenId);

    /// @notice ERC-4906: what `tokenURI` tells of all tickets of a batch has changed.
    event BatchMetadataUpdate(uint256 _fromTokenId, uint256 _toTokenId);

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

    /// @notice The program has not been constructed yet.
    error ConstructionMissing(bytes4 selector);

    /// @notice The hub may not be zero or this program.
    error ProgramInvalid(address program);

    /// @notice Less than 0.01 METIS is not worth a ticket.
    error RequestTooSmall(uint256 nominal, uint256 min);

    /// @notice What is requested in the batch would not fit 84 bits.
    error BatchOverflow(uint256 requested, uint256 nominal, uint256 limit);

    /// @notice An open batch takes at most 2^32 - 1 tickets, and there are as many batches.
    error BatchesExhausted(uint256 batch);

    /// @notice A call names between 1 and 20 of them.
    error CountInvalid(uint256 count, uint256 max);

    /// @notice Only a ticket of the open batch may be cancelled.
    error BatchNotOpen(uint256 batch);

    /// @notice Nothing of the ticket is filled that was not claimed.
    error TicketNotFilled(uint256 ticket);

    /// @notice No closed batch can be filled now: nothing waits in one, or nothing is there for it.
    /// @param due what waits in closed batches, in eMETIS
    /// @param available METIS that was there for it: the buffer, at most `maxAssets`
    error NothingToFinalize(uint256 due, uint256 available);

    /// @notice Of the hub: more may be lost than holders of seMETIS bear; until `until` this waits.
    error LossPending(uint256 pending, uint256 until);

    /// @notice METIS may not be sent to the zero address or to this program.
    error ReceiverInvalid(address receiver);

    /// @notice The receiver did not take the METIS.
    error PaymentFailed(address receiver, uint256 assets);

    /// @notice There is no METIS beyond the escrow.
    error DonationsZero(uint256 balance, uint256 escrow);

    /// @notice Only the hub may do this.
    error CallerNotHub(address caller, address hub);

    /// @notice A parameter is outside its bounds.
    error ParameterInvalid(uint256 value, uint256 min, uint256 max);

    /// @notice ERC-6093: the zero address owns nothing.
    error ERC721InvalidOwner(address owner);

    /// @notice ERC-6093: there is no such ticket, or it has ended.
    error ERC721NonexistentToken(uint256 tokenId);

    /// @notice ERC-6093: the ticket is not of `sender`.
    error ERC721IncorrectOwner(address sender, uint256 tokenId, address owner);

    /// @notice ERC-6093: a ticket may not go to the zero address, to this program, or to a contract that
    /// does not say that it takes tickets.
    error ERC721InvalidReceiver(address receiver);

    /// @notice ERC-6093: the caller is neither the owner nor approved.
    error ERC721InsufficientApproval(address operator, uint256 tokenId);

    /// @notice ERC-6093: only the owner or an operator approves.
    error ERC721InvalidApprover(address approver);

    /// @notice ERC-6093: the zero address is nobody's operator.
    error ERC721InvalidOperator(address operator);

    /// @notice Of the hub: the caller has not as much eMETIS.
    error ERC20InsufficientBalance(address sender, uint256 balance, uint256 needed);

    /// @notice Of the hub: this program may not move as much of the caller's eMETIS.
    error ERC20InsufficientAllowance(address spender, uint256 allowance, uint256 needed);

    /// @notice Of the hub: eMETIS may not go there.
    error ERC20InvalidReceiver(address receiver);

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

    // --------------------------------------------------------------------------------- requesting

    /// @notice Takes `nominal` of the caller's eMETIS, on an allowance, for a ticket of `receiver`.
    /// @dev Own checks: `ConstructionMissing`, `ERC721InvalidReceiver` (zero or this program),
    /// `RequestTooSmall`, `BatchesExhausted`, `BatchOverflow`, then those of the hub's `transferFrom`. The receiver
    /// is not asked. Emits `BatchOpened` if it is the first of a batch or of an emptied one, `Requested`,
    /// `Transfer`.
    function requestRedeem(uint256 nominal, address receiver) external returns (uint256 ticket);

    /// @notice As `requestRedeem`, with an allowance that the caller signs for.
    /// @dev Hands the permit for `nominal` to the hub first, whose refusal stops nothing: somebody else
    /// may have handed it in.
    function requestRedeemWithPermit(
        uint256 nominal,
        address receiver,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external returns (uint256 ticket);

    /// @notice As `requestRedeem`, several tickets at once, which follow each other.
    /// @dev Own check, after `ERC721InvalidReceiver`: `CountInvalid` (1 to 20); then as for each.
    /// @return first the first ticket
    function requestRedeems(uint256[] calldata nominals, address receiver)
        external
        returns (uint256 first);

    /// @notice Ends a ticket of the open batch and sends its eMETIS to `receiver`.
    /// @dev For whoever may move the ticket. Own checks: `ERC721NonexistentToken`,
    /// `ERC721InsufficientApproval`, `BatchNotOpen`, then those of the hub's `transfer`. Emits `Cancelled`,
    /// `Transfer`.
    /// @return nominal eMETIS sent
    function cancel(uint256 ticket, address receiver) external returns (uint256 nominal);

    // ----------------------------------------------------------------------------------- finalizing

    /// @notice Fills closed batches in order, with at most `maxAssets` of METIS and at most `maxBatches`
    /// of them (no more than 16 in any case). By anyone.
    /// @dev Own checks: `ConstructionMissing`, `NothingToFinalize`, then `LossPending` of the hub. Of a batch
    /// for which not enough is there it fills `floor(available / rate)` of what waits, so that each fill
    /// is `floor(nominal * rate)`. Emits for each batch `BatchFilled` and `BatchMetadataUpdate` (from its
    /// first place to 2^32 - 1), after the events of the hub.
    /// @return nominal eMETIS redeemed
    /// @return assets METIS that went into escrow
    function finalize(uint256 maxAssets, uint256 maxBatches)
        external
        returns (uint256 nominal, uint256 assets);

    /// @notice Takes METIS of the hub while `finalize` is out for it.
    /// @dev The hub only: `CallerNotHub`.
    function receiveFill() external payable;

    // -------------------------------------------------------------------------------------- claiming

    /// @notice Pays what is filled of a ticket to `receiver`, and ends the ticket if its batch is.
    /// @dev For whoever may move the ticket. Own checks: `ReceiverInvalid` (zero or this program),
    /// `ERC721NonexistentToken`, `ERC721InsufficientApproval`, `TicketNotFilled` (a ticket of a filled batch
    /// ends even for nothing); after the events, as the last act, `PaymentFailed`. Emits `Claimed`, and
    /// `Transfer` or `MetadataUpdate`.
    function claim(uint256 ticket, address receiver) external returns (uint256 assets);

    /// @notice As `claim`, of several tickets, paid in one piece.
    /// @dev Own check, after `ReceiverInvalid`: `CountInvalid` (1 to 20); then as for each.
    function claims(uint256[] calldata tickets, address receiver)
        external
        returns (uint256 assets);

    // ---------------------------------------------------------------------------------------- ERC-721

    /// @notice ERC-721: moves a ticket.
    /// @dev Own checks: `ERC721InvalidReceiver` (zero or this program), `ERC721NonexistentToken`,
    /// `ERC721InsufficientApproval`, `ERC721IncorrectOwner`. Its approval ends. Emits `Transfer`.
    function transferFrom(address from, address to, uint256 tokenId) external;

    /// @notice ERC-721: as `transferFrom`; a contract must answer `onERC721Received` with its selector.
    /// @dev As `transferFrom`, then `ERC721InvalidReceiver`, or what the receiver refuses with.
    function safeTransferFrom(address from, address to, uint256 tokenId) external;

    /// @notice ERC-721: as the other one, with data for the receiver.
    function safeTransferFrom(address from, address to, uint256 tokenId, bytes calldata data)
        external;

    /// @notice ERC-721: lets `to` move or claim a ticket; replaces what was set.
    /// @dev Own checks: `ERC721NonexistentToken`, `ERC721InvalidApprover`. Emits `Approval`.
    function approve(address to, uint256 tokenId) external;

    /// @notice ERC-721: lets `operator` move or claim all tickets of the caller, or no longer.
    /// @dev Own check: `ERC721InvalidOperator`. Emits `ApprovalForAll`.
    function setApprovalForAll(address operator, bool approved) external;

    /// @notice ERC-721: how many tickets an account has.
    /// @dev Own check: `ERC721InvalidOwner`.
    function balanceOf(address owner) external view returns (uint256);

    /// @notice ERC-721: whose a ticket is.
    /// @dev Own check: `ERC721NonexistentToken`.
    function ownerOf(uint256 tokenId) external view returns (address);

    /// @notice ERC-721: who besides owner and operators may move a ticket.
    /// @dev Own check: `ERC721NonexistentToken`.
    function getApproved(uint256 tokenId) external view returns (address);

    /// @notice ERC-721: whether `operator` may move all tickets of `owner`.
    function isApprovedForAll(address owner, address operator) external view returns (bool);

    /// @notice "METIS Redemption".
    function name() external view returns (string memory);

    /// @notice "METIS-R".
    function symbol() external view returns (string memory);

    /// @notice ERC-721: JSON with a picture, on chain, as a data URI: batch, place, state, amounts.
    /// @dev Own check: `ERC721NonexistentToken`.
    function tokenURI(uint256 tokenId) external view returns (string memory);

    /// @notice ERC-165: ERC-165, ERC-721, its metadata, ERC-4906.
    function supportsInterface(bytes4 interfaceId) external view returns (bool);

    // ---------------------------------------------------------------------------------- authority

    /// @notice Sets how long batches are that open from now on. ADMIN.
    /// @dev `ParameterInvalid`: 10 minutes to 1 day. Emits `BatchLengthChanged`.
    function setBatchLength(uint256 length) external;

    /// @notice Sends donated METIS, exactly what is held beyond the escrow, to `receiver`. TREASURY.
    /// @dev Own checks: `ReceiverInvalid`, `DonationsZero`, `PaymentFailed` as the last act. Emits
    /// `Swept`.
    function sweep(address receiver) external returns (uint256 assets);

    /// @notice OpenZeppelin's: another authority, set by the authority itself.
    function setAuthority(address newAuthority) external;

    // -------------------------------------------------------------------------------------- views

    /// @notice A ticket: its owner, batch, the state of that, what was requested, claimed, and can be
    /// claimed now. Zeros if there is none.
    function ticketOf(uint256 ticket)
        external
        view
        returns (
            address owner,
            uint256 batch,
            State state,
            uint256 nominal,
            uint256 claimed,
            uint256 claimable
        );

    /// @notice A batch: its state, what is requested, what of that is filled, with how much METIS.
    function batchOf(uint256 batch)
        external
        view
        returns (State state, uint256 nominal, uint256 filledNominal, uint256 filledAssets);

    /// @notice What waits in all tickets, in eMETIS; METIS in escrow; the first batch that is not filled;
    /// the last batch, when it closes or closed, and the tickets that ever joined it.
    function totals()
        external
        view
        returns (
            uint256 due,
            uint256 escrow,
            uint256 front,
            uint256 batch,
            uint256 closes,
            uint256 tickets
        );

    /// @notice What waits in all tickets, open batch included, in eMETIS.
    function due() external view returns (uint256);

    /// @notice What waits in closed batches, in eMETIS.
    function closedDue() external view returns (uint256);

    /// @notice What a ticket can claim now, in METIS; zero if there is none.
    function claimable(uint256 ticket) external view returns (uint256);

    /// @notice What has to be filled before a ticket is, its own batch included, in eMETIS; zero if there
    /// is no such ticket or nothing.
    /// @dev Adds up 1,024 batches at most; if there are more it tells all that waits, which is more.
    function ahead(uint256 ticket) external view returns (uint256);

    /// @notice Tickets of an owner among `count` places of a batch from `first` on, 256 at most.
    function ticketsOf(address owner, uint256 batch, uint256 first, uint256 count)
        external
        view
        returns (uint256[] memory);

    /// @notice How long batches are that open now, in seconds.
    function batchLength() external view returns (uint256);

    /// @notice The eMETIS hub.
    function hub() external view returns (address);

    /// @notice OpenZeppelin's: who decides who may do what.
    function authority() external view returns (address);

    /// @notice OpenZeppelin's: the selector of this moment's scheduled operation, else zero.
    function isConsumingScheduledOp() external view returns (bytes4);
}

/// @title RedemptionQueue
/// @notice The constructor, which an interface cannot declare.
abstract contract RedemptionQueue is IRedemptionQueue {
    /// @notice Sets the hub for good, and the first authority. Batches last 1 hour to begin with.
    /// @dev As the other constructors. Own checks: `ConstructionRepeated`, `ProgramInvalid`,
    /// `AccessManagedInvalidAuthority`. Emits `AuthorityUpdated`, `Constructed`.
    constructor(address hub, address authority) {}
}
