//! Deliberately broken variants of the programs, each of which some test must catch.
//!
//! The feature `mutants` compiles all of them into one extra build. The number in storage slot
//! `keccak256("emetis.mutant")` says which one is active; zero is none, and then the program
//! behaves as released.
//! In a release build [`mutant`] is constantly false and nothing of this remains.

#[cfg(any(feature = "mutants", not(target_arch = "wasm32")))]
use crate::{hash, word::Word};

macro_rules! mutants {
    ($($number:literal $name:ident: $sentence:literal;)*) => {
        /// A broken variant.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u32)]
        pub enum Mutant {
            $(#[doc = $sentence] $name = $number,)*
        }

        /// Every broken variant: number, name and what it does.
        #[cfg(not(target_arch = "wasm32"))]
        pub const MUTANTS: &[(u32, &str, &str)] =
            &[$(($number, stringify!($name), $sentence),)*];
    };
}

mutants! {
    1 DepositMintsTooMuch: "a deposit mints 1 wei more than it brought";
    2 DepositSkipsBuffer: "a deposit does not enter the buffer";
    3 DonationIsAsset: "a deposit sets the buffer to the hub's balance, donations included";
    4 DepositIgnoresHalt: "deposits go on while backing is below supply";
    5 DepositCreditsCaller: "a deposit's eMETIS goes to the caller, not to the receiver";
    6 TotalsTruncate: "supply is kept in 72 bits instead of 84";
    7 MaxDepositTooHigh: "maxDeposit tells 1 wei more than a deposit may bring";
    8 RewardsOpenToAll: "receiveRewards is open to anyone";
    9 RewardsSkipBuffer: "METIS of receiveRewards does not enter the buffer";
    10 SweepOpenToAll: "sweep is open to anyone";
    11 SweepTakesBuffer: "sweep sends the buffer too";
    12 ConstructorRepeats: "the constructor runs a second time";
    13 SelfTransferDoubles: "a transfer to oneself credits without debiting";
    14 TransferWraps: "a transfer beyond the balance wraps around";
    15 TransferToHub: "a transfer to the hub or to the zero address goes through";
    16 TransferSilent: "a transfer emits nothing";
    17 AllowanceUnchecked: "transferFrom needs no allowance";
    18 AllowanceStays: "transferFrom does not lower the allowance";
    19 InfiniteAllowanceFalls: "an infinite allowance is lowered";
    20 ApproveAdds: "approve adds to the allowance instead of replacing it";
    21 StrangerFreezes: "a transfer of zero by a stranger freezes the receiver's eMETIS";
    22 ForgetsAfterAYear: "a year after construction all balances read as zero";
    23 PermitKeepsNonce: "a permit does not use up its nonce";
    24 PermitIgnoresDeadline: "a permit outlives its deadline";
    25 PermitTakesHighS: "a permit takes the malleable twin of a signature";
    26 PermitTakesZeroSigner: "a permit of the zero address takes any broken signature";
    27 PermitForOtherChain: "a permit signed for another chain is taken, see FOREIGN_CHAIN";
    28 PermitForOtherContract: "a permit signed for another contract is taken, see FOREIGN_CONTRACT";
    29 PermitForOtherPurpose: "a signature of another purpose is taken, see FOREIGN_TYPE";
    30 PermitForOtherSpender: "a permit gives the allowance to whoever hands it in";
    31 MagicUnchecked: "any answer of 32 bytes from the owner's contract confirms a signature";
    32 GuardMissing: "state-changing entries may be re-entered";
    33 BareUnknownSelector: "an unknown selector reverts without data";
    34 TrapOnOddCalldata: "calldata with one byte too many traps";
    35 DirtyAddress: "upper bits of an address are ignored";
    36 ValueKept: "entries that are not payable keep METIS sent to them";
    37 DepositRoundsUp: "a vault deposit gives 1 share more";
    38 MintRoundsDown: "a vault mint takes 1 wei less";
    39 WithdrawRoundsDown: "a vault withdrawal burns 1 share less";
    40 RedeemRoundsUp: "a vault redemption pays 1 wei more";
    41 VaultDonationIsAsset: "the vault's ledger is its balance of eMETIS, donations included";
    42 StakeSkipsLedger: "a deposit by depositAndStake does not enter the vault's ledger";
    43 StreamRestarts: "a reward restarts the whole stream";
    44 RewardUnlocksAtOnce: "a reward is never locked";
    45 NotifyAnytime: "rewards come as often as the pool likes";
    46 NotifyOpenToAll: "anyone with eMETIS brings rewards";
    47 ExitDropsProvision: "redemptions and withdrawals are paid as if no loss were pending";
    48 EntriesStayOpen: "entries stay open while there is a provision";
    49 MaxWithdrawTooHigh: "maxWithdraw tells 1 wei more than a withdrawal may take";
    50 PreviewForgetsStream: "previewRedeem counts locked rewards as unlocked";
    51 RedeemUnallowed: "redeeming another's shares needs no allowance";
    52 LossSparesStream: "a loss leaves locked rewards locked";
    53 SettleOpenToAll: "anyone settles losses";
    54 StakeOpenToAll: "receiveDeposit is open to anyone";
    55 DeadStakeGiven: "the dead stake goes to whoever constructs";
    56 MinAssetsIgnored: "redeem pays less than minAssets";
    57 MinSharesIgnored: "depositAndStake gives fewer shares than minShares";
    58 RedeemPaysCaller: "redeem pays the caller, not the receiver";
    59 VaultSweepTakesLedger: "the vault's sweep sends the ledger too";
    60 ConvertByCaller: "convertToShares tells some callers 1 share more";
    61 ExitsClose: "redemptions close with entries";
    62 BurnOpenToAll: "anyone burns their eMETIS, which lowers the supply";
    63 RedeemKeepsSupply: "a redemption leaves the supply of shares as it was";
    64 StakeForCaller: "depositAndStake gives the shares to the caller, not to the receiver";
    65 PermitForOtherToken: "the vault takes permits signed for eMETIS";
    66 StreamEndsLate: "a stream ends a day late";
    67 MaxDepositTooHighInVault: "the vault's maxDeposit and maxMint tell 1 more than goes through";
    68 ScheduleTooSoon: "an operation can be scheduled for any time, whatever the delay";
    69 ExecuteTooSoon: "an operation can be used before its time";
    70 OperationOutlivesWeek: "an operation never expires";
    71 OperationRepeats: "an operation is not used up";
    72 CancelOpenToAll: "anyone cancels an operation";
    73 OwnRoleCancelled: "members of a role cancel operations that change it";
    74 GivenUpReopens: "a function that was given up can be given to a role";
    75 AuthorityMoves: "a target with a function that was given up can get another authority";
    76 AdminWithoutDelay: "ADMIN can be granted with any delay";
    77 SetupNeverEnds: "the first admin never has a delay";
    78 SuspensionIgnored: "who is suspended goes on acting";
    79 SuspensionForEver: "a suspension does not end by itself";
    80 SuspensionAgain: "a suspension can follow another at once";
    81 SuspendOpenToAll: "anyone suspends";
    82 ClosedStaysOpen: "functions of a closed target can be called";
    83 GrantAtOnce: "new members do not wait for the grant delay";
    84 CallAnything: "what the manager calls is never held against what it is executing";
    85 ShorterAtOnce: "a shorter delay holds at once";
    86 PauseNeverEnds: "a pause does not end by itself";
    87 PauseStopsExits: "redemptions and withdrawals are paused with entries";
    88 PauseAgain: "a pause follows another without a free interval";
    89 PauseTooLong: "a pause lasts as long as a guardian says";
    90 PauseIgnored: "entries go on while they are paused";
    91 RestrictedUnchecked: "restricted entries are open to anyone";
    92 ScheduleUnchecked: "a call that must have been scheduled goes through without";
    93 AuthorityOpenToAll: "anyone sets the authority";
    94 MaximaIgnorePause: "maxDeposit and maxMint tell nothing of a pause";
    95 PauseStopsTransfers: "transfers are paused with entries";
    99 ProposalOutlivesBuckets: "a proposal lasts longer than what leaves with it";
    100 ProofUnchecked: "a signer is registered without its proof";
    101 ProofKeepsNonce: "a proof does not use up the owner's nonce";
    102 ProofForOtherOwner: "a proof that names the signer as owner serves anybody";
    103 SignerTwice: "a signer is registered for a second sequencer";
    104 KeyUnchecked: "the key that is registered need not be the signer's";
    105 SignerForgotten: "a signer that was replaced is forgotten";
    106 ThrottleIgnored: "a signer changes as often as the owner likes";
    107 RaiseAtOnce: "a raise of the commission need not wait";
    108 StepUnchecked: "a commission rises by any step";
    109 AnnouncementStays: "what was announced never lapses";
    110 CutKeepsRaise: "a cut leaves the raise that was announced";
    111 CommissionUnbounded: "a commission exceeds the highest there may be";
    112 OwnerUnchecked: "anyone changes signer and commission of a sequencer";
    113 EvidenceTwice: "evidence serves for a second proposal";
    114 FaultTwice: "the fault of one day is slashed twice";
    115 VetoLate: "a veto comes after its window";
    116 ExecuteEarly: "a proposal is executed while it can be vetoed";
    117 ExecuteLate: "a proposal is executed after its time";
    118 LapseEarly: "a proposal lapses while it can be executed";
    119 WindowUnbounded: "slashes of a window add up to anything";
    120 VetoKeepsRoom: "a veto gives no room back";
    121 SlasherNotBarred: "a slasher who was vetoed proposes again at once";
    122 PushFailureReverts: "a pool that refuses a push stops what caused it";
    123 ProvisionStays: "a veto leaves the provision of pools";
    124 FaultAnytime: "faults of any time are slashed";
    125 SlashSparesUnbonding: "a slash leaves out what unbonds";
    126 SlashLeaversLast: "delegations that stay bear a slash before those that leave";
    127 DelegationsBeforeBond: "a slash takes delegations before the bond";
    128 SlashMeasuredAnew: "take measures the bond's part by the bond there is then, not by what was fixed at the proposal";
    129 BucketMaturesUnderHold: "claimUnlocked pays a matured bucket in full while it is held";
    130 HoldNeverEnds: "a hold outlives its end";
    131 BucketMaturesEarly: "a bucket matures a day early";
    132 PeriodOfTheMoment: "a bucket matures by the unbonding period of the moment, not by that of its opening";
    133 BondUnlocksAtOnce: "unbonding bond can be claimed at once";
    134 EjectPaysCaller: "the bond of an ejected sequencer unbonds to who ejects it";
    135 BucketPaidTwice: "a bucket listed twice is paid twice";
    136 DelegateRoundsUp: "delegate gives 1 share more";
    137 UndelegateRoundsUp: "undelegate gives 1 wei more";
    138 DelegateSkipsTotal: "delegate does not raise the stake of all";
    139 UndelegateKeepsGroup: "undelegate does not lower the group's stake";
    140 PoolCountsAsDirect: "a pool's position counts as direct";
    141 SlashKeepsPoolStake: "a slash does not lower pools' stake";
    142 DelegateForgetsDebt: "delegate to a position leaves its debt as it was";
    143 UndelegateForgetsEarned: "undelegate sets the debt as if nothing had been earned";
    144 IndexRoundsUp: "the index rounds up by a ray-th of a wei times the shares: 1e9 more on each accrual";
    145 EntrantEarnsPast: "delegate does not accrue what is pending first";
    146 ParkedToEntrant: "what parked for want of stake is split among the next delegators";
    147 RewardsVanish: "what falls on too little stake parks nowhere";
    148 JailEarns: "a jailed sequencer's rewards do not park";
    149 CommissionTwice: "commission is taken of the delegators' part once more";
    150 ForfeitVanishes: "rewards forfeited by a slash are in nobody's hand";
    151 SlashVanishes: "the delegations' part of a slash is in nobody's hand";
    152 ForwardKeeps: "forwardSlashed leaves the slashed METIS on the books";
    153 QuotaStopsExit: "undelegate asks the quota";
    154 PauseStopsExit: "undelegate refuses while entries are paused";
    155 AuthorityStopsExit: "claimUnlocked asks the authority (canCall) and refuses without it";
    156 DelegateIgnoresBond: "delegations grow on a bond that is too small";
    157 DelegateIgnoresHold: "delegations come in while a proposal is pending";
    158 MaxLockIgnored: "a sequencer holds more than maxLock";
    159 StatusIgnoresBps: "a sequencer is Active on minBond alone";
    160 IdReused: "a new sequencer takes the id of the last one that has exited";
    161 LiveKeepsExiting: "exit leaves the sequencer on the live list";
    162 HoldOpenToAll: "anyone lays a hold";
    163 TakeKeepsHold: "take leaves the hold";
    164 PartsForgetBuckets: "a pool's part of a hold leaves out its unbonding";
    165 SweepTakesPending: "sweep takes pending rewards for donations";
    166 DonationIsLedger: "delegate sets the ledger to the balance, donations included";
    167 NotifyUnchecked: "anyone brings rewards";
    168 EjectAnytime: "anyone ejects at any time";
    169 SecondsForget: "a change of the stake does not first count its seconds";
    170 ParkedIsOperators: "what parks in jail parks for the operator alone";
    171 BondJoinsHold: "bond comes in while a proposal is pending";
    172 LossesUntold: "take tells pools of no loss";
    173 RemovedPoolStays: "what a removed pool has left goes on as a pool's";
    180 OperatorCapSkipped: "no operator group is ever full";
    181 PoolShareIgnored: "a pool's share never binds";
    182 GrantRaisedAtOnce: "a grant is raised at once";
    183 DirectIgnored: "direct positions hold as much of everything as they like";
    184 ChurnIgnored: "draw lets more through than the bucket holds";
    185 SlashKeepsScore: "a slash leaves operations as they are";
    186 SlashRecordedTwice: "a slash is recorded as often as anyone likes";
    187 SplitAtOnce: "a group is on its own at once";
    188 PlanIgnoresGrant: "planAllocation gives more than was granted";
    189 PlanIgnoresGroup: "planAllocation fills groups beyond their cap";
    190 PlanTiesToHigher: "of equal sequencers planAllocation fills that with the higher id first";
    191 ReleaseForgetsIdle: "planRelease takes from the fullest first, Active or not";
    192 ScoreIgnored: "every sequencer may hold maxLock";
    193 GrantIgnored: "a pool holds as much in a sequencer as its cap allows, granted or not";
    194 BatchOpenToAll: "anyone brings batches";
    195 BadIdStopsBatch: "a batch with an unknown id is refused";
    196 CuratorRaisesLimits: "lowerLimits raises, too";
    197 IdleDrawsChurn: "leaving a sequencer that is not Active draws on the churn";
    198 GroupForgotten: "of groups under one cap only the one that grows is counted";
    199 DrawOpenToAll: "who is no pool draws";
    200 ScoreRaisedAtOnce: "scores are raised at once";
    201 SlashSparesWaiting: "a slash leaves operations that wait as they are";
    202 FourthIsOwn: "a pool counts as one of the three others";
    210 FourthJumps: "a pool's share binds at once when a fourth pool holds 5 %";
    211 ChurnTwiceADay: "the churn refills twice a day";
    212 ChurnFullAtMidnight: "the churn is full again at midnight";
    213 DirectCountsPools: "all stake counts as that of direct positions";
    214 BatchIsAll: "a batch replaces the technical score";
    215 SequencerDirectIgnored: "direct positions hold as much of a sequencer as its cap allows";
    216 FloorIsACliff: "the floor of operators ends at once, when all stake is four times as much";
    217 ChurnShared: "all pools draw on one bucket";
    218 GrantCountsOthers: "what others delegated to a sequencer comes off a pool's grant";
    219 NewcomerIsFull: "a newcomer has the best scores";
    230 LensMembersApart: "the lens counts groups under one cap apart";
    231 LensForgetsLeaving: "the lens leaves out groups of which no sequencer is live, whoever they share a cap with";
    232 LensFirstIsLargest: "the lens takes the first part for the largest";
    233 LensHalfForThird: "the lens tells how many have half where it is asked for a third";
    234 LensSkipsLast: "the lens leaves out the last sequencer of the list";
    235 LensSplitsEarly: "the lens counts a group apart that will be let go";
    236 LensTakesAnyAnswer: "the lens takes answers of any size, and lists of any length";
    237 LensTakesFailure: "the lens takes a program that fails for one that answers with zeros";
    238 LensForgetsDirect: "the lens leaves out direct positions";
    239 LensCountsBonds: "the lens counts bonds as direct positions";
    240 LensHidesElsewhere: "the lens tells of no stake that it cannot find";
    241 LensTakesAnyQuota: "a lens is constructed with the quota of another staking program";
    250 RedeemNowIgnoresDue: "redeemNow pays out what the queue is owed";
    251 RedeemNowUnlimited: "redeemNow draws on no limit";
    252 RedeemNowFree: "redeemNow takes no fee";
    253 RedeemNowKeepsSupply: "redeemNow burns all but 1 wei of what it pays for";
    254 RedeemNowForgetsFee: "the fee of redeemNow is in nobody's hand";
    255 RedeemNowAboveBacking: "redeemNow pays one to one while backing is below supply";
    256 FillOpenToAll: "anyone has eMETIS of their own filled";
    257 FillOverpays: "fill pays more than the eMETIS is worth";
    258 PlaceIgnoresDue: "place takes what the queue is owed";
    259 PlaceOpenToAll: "anyone has METIS placed";
    260 LossPendingIgnored: "redemptions go on while a loss is pending";
    261 LossPendingForEver: "a pending loss halts redemptions as long as the allocator says";
    262 UnbondedIsGain: "METIS that comes back does not lower what is placed";
    263 FeesCollectedTwice: "fees that were collected stay in hand";
    264 SweepTakesFees: "sweep takes fees for donations";
    265 BackingBeyondSupply: "receiveBacking raises backing beyond supply";
    266 SettleSpares: "settle lowers what is placed by 1 wei less than the loss";
    270 FillOutOfOrder: "finalize fills the last closed batch first";
    271 FillOpenBatch: "finalize fills a batch that is open";
    272 CancelClosed: "a ticket of a closed batch can be cancelled";
    273 CancelKeepsNominal: "a cancelled ticket stays in its batch";
    274 SecondFillAtFirstRate: "a batch that was filled in part is filled on at the rate of that";
    275 ClaimRoundsUp: "a claim pays 1 wei more than the share of its ticket";
    276 ClaimTwice: "a claim of a ticket filled in part is not remembered";
    277 ClaimOpenToAll: "anyone claims any ticket";
    278 ClaimKeepsEscrow: "a claim does not lower the escrow";
    279 ClaimBeforeFill: "a ticket claims its full amount before its batch is filled";
    280 ApprovalStays: "a transferred ticket keeps its approval";
    281 TicketMovesByAnyone: "anyone moves any ticket";
    282 TransferKeepsCount: "a transfer does not lower the sender's count of tickets";
    283 RequestSkipsDue: "a request does not raise what is due";
    284 DonationIsEscrow: "finalize sets the escrow to the balance, donations included";
    285 QueueSweepTakesEscrow: "sweep of the queue takes the escrow too";
    286 BatchNeverCloses: "a batch stays open until a ticket joins the next";
    287 PartFillCancels: "a ticket of a batch that is filled in part can be cancelled";
    288 LossOnFilled: "a claim is lowered by a loss that came after its fill";
    289 QueueAsksAuthority: "claim asks the authority (canCall) and refuses without it";
    290 SafeTransferUnasked: "safeTransferFrom asks no receiver";
    291 ReceiveFillOpen: "receiveFill takes METIS of anyone";
    292 BatchLengthUnbounded: "batches last as long as ADMIN says";
    293 PermitMustSucceed: "requestRedeemWithPermit fails if somebody else handed the permit in";
    294 FinalizeEndless: "finalize looks at more than 16 batches";
    295 PictureOfOther: "tokenURI shows the amount that was claimed as what can be claimed";
}

/// Numbers of the variants that no property of the campaign needs to notice, as stories of their own
/// do: those of the access manager.
pub const IN_STORIES: core::ops::RangeInclusive<u32> = 68..=85;

/// Those of registry and court, which stories of theirs catch.
#[cfg(not(target_arch = "wasm32"))]
pub const IN_STAKING_STORIES: core::ops::RangeInclusive<u32> = 99..=124;

/// Those of the quota, which stories of its own catch.
#[cfg(not(target_arch = "wasm32"))]
pub const IN_QUOTA_STORIES: core::ops::RangeInclusive<u32> = 180..=202;

/// Those that give adversaries of the quota more than they can reach, which the game catches.
#[cfg(not(target_arch = "wasm32"))]
pub const IN_GAME_STORIES: core::ops::RangeInclusive<u32> = 210..=219;

/// Those of the lens, likewise.
#[cfg(not(target_arch = "wasm32"))]
pub const IN_LENS_STORIES: core::ops::RangeInclusive<u32> = 230..=241;

/// Those of the ways out of eMETIS, likewise.
#[cfg(not(target_arch = "wasm32"))]
pub const IN_EXIT_STORIES: core::ops::RangeInclusive<u32> = 250..=266;

/// Those of the redemption queue, likewise.
#[cfg(not(target_arch = "wasm32"))]
pub const IN_QUEUE_STORIES: core::ops::RangeInclusive<u32> = 270..=295;

/// All of these numbers.
#[cfg(not(target_arch = "wasm32"))]
pub fn in_stories() -> impl Iterator<Item = u32> {
    let of_roles = IN_STORIES.chain(IN_STAKING_STORIES);
    let of_stake = IN_QUOTA_STORIES.chain(IN_GAME_STORIES).chain(IN_LENS_STORIES);
    of_roles.chain(of_stake).chain(IN_EXIT_STORIES).chain(IN_QUEUE_STORIES)
}

/// The chain whose permits [`Mutant::PermitForOtherChain`] takes as well: Metis Andromeda.
pub const FOREIGN_CHAIN: u64 = 1_088;

/// The contract whose permits [`Mutant::PermitForOtherContract`] takes as well.
pub const FOREIGN_CONTRACT: alloy_primitives::Address =
    alloy_primitives::Address::repeat_byte(0xc0);

/// The message that [`Mutant::PermitForOtherPurpose`] takes for a permit.
pub const FOREIGN_TYPE: &str =
    "Order(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)";

/// Whether a broken variant is active: never, in a release build.
#[cfg(not(all(feature = "mutants", target_arch = "wasm32")))]
#[must_use]
#[inline(always)]
pub const fn mutant(_: Mutant) -> bool {
    false
}

/// Whether a broken variant is active.
#[cfg(all(feature = "mutants", target_arch = "wasm32"))]
#[must_use]
#[inline(never)]
pub fn mutant(mutant: Mutant) -> bool {
    crate::host::load(&slot()) == crate::word::of_u64(mutant as u64)
}

/// The storage slot with the number of the active variant.
#[cfg(any(feature = "mutants", not(target_arch = "wasm32")))]
#[must_use]
pub fn slot() -> Word {
    hash::keccak(b"emetis.mutant")
}

/// What some variants need to remember.
#[cfg(all(feature = "mutants", target_arch = "wasm32"))]
pub mod memory {
    use crate::{
        account::Account,
        hash, host, slots,
        word::{self, Word},
    };

    const YEAR: u64 = 365 * 24 * 60 * 60;

    /// Notes when the program was constructed.
    pub fn remember_birth() {
        host::store(&birth_slot(), &word::of_u64(host::timestamp()));
    }

    /// Whether it was constructed more than a year ago.
    pub(crate) fn is_a_year_old() -> bool {
        let birth = word::low_u128(&host::load(&birth_slot()));
        u128::from(host::timestamp().saturating_sub(YEAR)) > birth
    }

    /// Freezes an account.
    pub(crate) fn freeze(account: &Account) {
        host::store(&frozen_slot(account), &word::of_bool(true));
    }

    /// Whether it is frozen.
    pub(crate) fn is_frozen(account: &Account) -> bool {
        host::load(&frozen_slot(account)) != word::ZERO
    }

    fn birth_slot() -> Word {
        hash::keccak(b"emetis.mutant.birth")
    }

    fn frozen_slot(account: &Account) -> Word {
        slots::mapped(account, &hash::keccak(b"emetis.mutant.frozen"))
    }
}
