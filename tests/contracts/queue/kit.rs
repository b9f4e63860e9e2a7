//! The queue with a real hub beside it, the people around them, and what tests say often.

use std::cell::Cell;
use std::fmt::Debug;
use std::sync::OnceLock;

use alloy_primitives::{Address, Bytes, Log, LogData, U256, keccak256};
use alloy_sol_types::{SolCall, SolError, SolEvent, SolValue};
use emetis::Snapshot;
use emetis::artifacts::fixtures::fixture;
pub(super) use emetis::interfaces::{
    IAccessManager as Manager, ILiquidStaking as Hub, IRedemptionQueue as Queue,
};
use emetis::suite::{Params, Programs, Suite};
pub(super) use emetis::{Account, Chain, Receipt, days, ether, hours, minutes};

use super::super::kit::roomy;
pub(super) use super::super::kit::{LIMIT, TAG, WEALTH, programs};

/// The least that a ticket is for: 0.01 METIS.
pub(super) const LEAST: U256 = U256::from_limbs([10_000_000_000_000_000, 0, 0, 0]);
/// How long batches last to begin with, in seconds.
pub(super) const LENGTH: u64 = hours(1);
/// Tickets that one call names at most.
pub(super) const MOST: u64 = 20;
/// The last place of a batch.
pub(super) const LAST: u64 = u32::MAX as u64;
/// No amount, or nobody.
pub(super) const ZERO: U256 = U256::ZERO;
/// As much, or as many, as there is.
pub(super) const ALL: U256 = U256::MAX;

thread_local! {
    /// The broken variant that new worlds have, zero for the programs as released.
    static MUTANT: Cell<u32> = const { Cell::new(0) };
}

/// Runs a story on the build with all broken variants, of which one is active.
pub(super) fn under(mutant: u32, story: fn()) {
    MUTANT.set(mutant);
    story();
    MUTANT.set(0);
}

/// A world with manager, hub and queue. Everybody but the keeper has METIS and lets the queue take all eMETIS.
#[derive(Clone, Debug)]
pub(super) struct World {
    pub(super) chain: Chain,
    pub(super) suite: Suite,
    pub(super) hub: Address,
    pub(super) queue: Address,
    pub(super) alice: Account,
    pub(super) bob: Account,
    pub(super) carol: Account,
    /// Has no role, no METIS and calls what anyone may.
    pub(super) keeper: Account,
    pub(super) admin: Account,
    pub(super) allocator: Account,
    pub(super) treasury: Account,
    pub(super) guardian: Account,
}

/// What the queue says of itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Totals {
    pub(super) due: U256,
    pub(super) escrow: U256,
    pub(super) front: u64,
    pub(super) batch: u64,
    pub(super) closes: u64,
    pub(super) tickets: u64,
}

/// The queue with all its broken variants, the others as released.
fn mutants() -> &'static Programs {
    static PROGRAMS: OnceLock<Programs> = OnceLock::new();
    PROGRAMS.get_or_init(|| {
        let mutants = Programs::mutants().unwrap_or_else(|error| panic!("{error}"));
        Programs { redemption_queue: mutants.redemption_queue, ..programs().clone() }
    })
}

/// A world in which programs are placed, manager and hub constructed, and the queue is not yet.
pub(super) fn unconstructed() -> World {
    static RELEASE: OnceLock<(Snapshot, Suite)> = OnceLock::new();
    static MUTANTS: OnceLock<(Snapshot, Suite)> = OnceLock::new();
    let mutant = MUTANT.get();
    let (placed, programs) =
        if mutant == 0 { (&RELEASE, programs()) } else { (&MUTANTS, mutants()) };
    let (snapshot, suite) = placed.get_or_init(|| {
        let mut chain = if mutant == 0 { Chain::new() } else { roomy() };
        let suite = Suite::place(&mut chain, programs);
        suite.construct_manager(&mut chain, &Params::default());
        let constructor = suite.hub_constructor(&Params::default());
        chain.send_raw(Account::named("deployer"), suite.liquid_staking, constructor).ok();
        chain.label(Params::default().allocator, "allocator");
        chain.account("keeper");
        for name in ["alice", "bob", "carol", "allocator"] {
            let account = chain.account(name);
            chain.deal(account, WEALTH);
            let approve = Hub::approveCall { spender: suite.redemption_queue, value: ALL };
            chain.send(account, suite.liquid_staking, approve).ok();
        }
        chain.seal();
        (chain.snapshot(), suite)
    });
    let mut chain = Chain::from(snapshot.clone());
    if mutant != 0 {
        let slot = keccak256("emetis.mutant").into();
        chain.set_storage(suite.redemption_queue, slot, U256::from(mutant));
    }
    let named = Account::named;
    World {
        chain,
        suite: *suite,
        hub: suite.liquid_staking,
        queue: suite.redemption_queue,
        alice: named("alice"),
        bob: named("bob"),
        carol: named("carol"),
        keeper: named("keeper"),
        admin: named("admin"),
        allocator: named("allocator"),
        treasury: named("treasury"),
        guardian: named("guardian"),
    }
}

/// The same with the queue constructed.
pub(super) fn world() -> World {
    let mut world = unconstructed();
    let constructor = world.suite.queue_constructor();
    world.chain.send_raw(Account::named("deployer"), world.queue, constructor).ok();
    world
}

/// The number of a ticket.
pub(super) fn number(batch: u64, place: u64) -> U256 {
    U256::from(batch << 32 | place)
}

/// A number as a word.
pub(super) fn word(number: u64) -> U256 {
    U256::from(number)
}

/// Calldata of a call.
pub(super) fn encoded(call: &impl SolCall) -> Bytes {
    call.abi_encode().into()
}

impl World {
    /// The time, as a word.
    pub(super) fn now(&self) -> U256 {
        word(self.chain.time())
    }

    /// A Solidity fixture, created by the keeper.
    pub(super) fn fixture(&mut self, name: &str) -> Address {
        let fixture = fixture(name).unwrap_or_else(|error| panic!("{error}"));
        let address = self.chain.create(self.keeper, fixture.init_code).ok().output;
        self.chain.label(address, name);
        address
    }

    /// Asks the queue.
    pub(super) fn told<C: SolCall>(&self, call: C) -> C::Return {
        self.chain.view(self.queue, call)
    }

    /// Somebody calls the queue.
    #[track_caller]
    pub(super) fn does<C: SolCall>(&mut self, who: Account, call: C) -> Receipt<C::Return> {
        self.chain.send(who, self.queue, call).ok()
    }

    /// Somebody calls the queue, is refused so, and nothing has changed.
    #[track_caller]
    pub(super) fn refuses<C: SolCall, E: SolError + Debug>(
        &mut self,
        who: Account,
        call: C,
        error: E,
    ) {
        let before = self.everything();
        self.chain.send(who, self.queue, call).fails_with(error);
        assert_eq!(self.everything(), before);
    }

    /// All that queue and hub store, and their METIS.
    pub(super) fn everything(&self) -> Vec<(Vec<(U256, U256)>, U256)> {
        let of = |program| {
            let slots = self.chain.with_state(|state| state.storage_of(program));
            (slots, self.chain.balance(program))
        };
        [self.queue, self.hub].map(of).to_vec()
    }

    /// New eMETIS of somebody, for METIS of theirs.
    pub(super) fn mint(&mut self, owner: impl Into<Address>, nominal: U256) {
        let call = Hub::depositCall { receiver: owner.into(), tag: TAG };
        self.chain.send(self.alice, self.hub, call).value(nominal).ok();
    }

    /// A ticket for new eMETIS.
    #[track_caller]
    pub(super) fn request(&mut self, owner: Account, nominal: U256) -> U256 {
        self.mint(owner, nominal);
        let receiver = owner.address;
        self.does(owner, Queue::requestRedeemCall { nominal, receiver }).output
    }

    /// Several at once. The first.
    #[track_caller]
    pub(super) fn requests(&mut self, owner: Account, nominals: &[U256]) -> U256 {
        self.mint(owner, nominals.iter().sum());
        let (nominals, receiver) = (nominals.to_vec(), owner.address);
        self.does(owner, Queue::requestRedeemsCall { nominals, receiver }).output
    }

    /// A ticket of the open batch is cancelled for its owner.
    #[track_caller]
    pub(super) fn cancel(&mut self, owner: Account, ticket: U256) -> U256 {
        self.does(owner, Queue::cancelCall { ticket, receiver: owner.address }).output
    }

    /// The last batch closes.
    pub(super) fn close(&mut self) {
        let closes = self.totals().closes;
        self.chain.warp_to(closes);
    }

    /// The keeper fills what there is METIS for. eMETIS and METIS of it.
    #[track_caller]
    pub(super) fn finalize(&mut self) -> (U256, U256) {
        self.fill(ALL)
    }

    /// The keeper fills with at most so much.
    #[track_caller]
    pub(super) fn fill(&mut self, max_assets: U256) -> (U256, U256) {
        let call = Queue::finalizeCall { maxAssets: max_assets, maxBatches: ALL };
        let told = self.does(self.keeper, call).output;
        (told.nominal, told.assets)
    }

    /// A ticket is claimed for its owner. METIS that came of it.
    #[track_caller]
    pub(super) fn claim(&mut self, owner: Account, ticket: U256) -> U256 {
        let before = self.metis(owner);
        let told = self.does(owner, Queue::claimCall { ticket, receiver: owner.address }).output;
        assert_eq!(self.metis(owner), before + told);
        told
    }

    /// METIS of the buffer goes to the allocator.
    pub(super) fn place(&mut self, assets: U256) {
        self.chain.send(self.allocator, self.hub, Hub::placeCall { assets }).ok();
    }

    /// Some of what was placed comes back.
    pub(super) fn bring_back(&mut self, assets: U256) {
        let call = Hub::receiveUnbondedCall {};
        self.chain.send(self.allocator, self.hub, call).value(assets).ok();
    }

    /// Some of what was placed is lost.
    pub(super) fn lose(&mut self, loss: U256) {
        self.settle(loss, ZERO, ZERO);
    }

    /// The allocator tells of losses.
    pub(super) fn settle(&mut self, loss: U256, pending: U256, until: U256) {
        let call = Hub::settleCall { loss, pending, until };
        self.chain.send(self.allocator, self.hub, call).ok();
    }

    /// Forces METIS on the queue, as the self-destruction of a contract does.
    pub(super) fn donate(&mut self, amount: U256) {
        let donor = fixture("Donor").unwrap_or_else(|error| panic!("{error}"));
        let init = [donor.init_code.to_vec(), self.queue.abi_encode()].concat();
        self.chain.create(self.alice, init).value(amount).ok();
    }

    /// The queue's own figures.
    pub(super) fn totals(&self) -> Totals {
        let told = self.told(Queue::totalsCall {});
        Totals {
            due: told.due,
            escrow: told.escrow,
            front: told.front.to(),
            batch: told.batch.to(),
            closes: told.closes.to(),
            tickets: told.tickets.to(),
        }
    }

    /// A ticket: owner, batch, state, nominal, claimed, claimable.
    pub(super) fn ticket(&self, ticket: U256) -> Queue::ticketOfReturn {
        self.told(Queue::ticketOfCall { ticket })
    }

    /// A batch: its state, and what of what is filled with what.
    pub(super) fn batch(&self, batch: u64) -> (Queue::State, [U256; 3]) {
        let told = self.told(Queue::batchOfCall { batch: word(batch) });
        (told.state, [told.nominal, told.filledNominal, told.filledAssets])
    }

    /// Surgery: another last batch, and another that is filled next.
    pub(super) fn set_numbers(&mut self, batch: u64, front: u64) {
        let numbers: U256 = word(front << 32 | batch) << 160;
        let all: U256 = word(u64::MAX) << 160;
        let kept: U256 = self.chain.storage(self.queue, ZERO) & !all;
        self.chain.set_storage(self.queue, ZERO, kept | numbers);
    }

    /// Surgery: what is requested in a batch, when it closes, and how many tickets ever joined it.
    pub(super) fn set_batch(&mut self, batch: u64, nominal: U256, closes: u64, tickets: u64) {
        let slot: U256 = word(1) << 224 | word(batch) << 192;
        let figures: U256 = nominal | word(closes) << 84 | word(tickets) << 128;
        self.chain.set_storage(self.queue, slot, figures);
    }

    /// eMETIS of an account.
    pub(super) fn nominal(&self, account: impl Into<Address>) -> U256 {
        self.chain.view(self.hub, Hub::balanceOfCall { account: account.into() })
    }

    /// METIS of an account.
    pub(super) fn metis(&self, account: impl Into<Address>) -> U256 {
        self.chain.balance(account)
    }

    /// Supply, buffer and placed of the hub.
    pub(super) fn books(&self) -> [U256; 3] {
        let told = self.chain.view(self.hub, Hub::totalsCall {});
        [told.supply, told.buffer, told.placed]
    }

    /// An event of the queue in a log.
    pub(super) fn of_queue(&self, event: &impl SolEvent) -> Log {
        Log { address: self.queue, data: event.encode_log_data() }
    }

    /// A ticket that has another owner, in a log.
    pub(super) fn moved(
        &self,
        from: impl Into<Address>,
        to: impl Into<Address>,
        ticket: U256,
    ) -> Log {
        let (from, to) = (from.into(), to.into());
        self.of_queue(&Queue::Transfer { from, to, tokenId: ticket })
    }

    /// An event of the hub in a log.
    pub(super) fn of_hub(&self, event: &impl SolEvent) -> Log {
        Log { address: self.hub, data: event.encode_log_data() }
    }

    /// eMETIS that moved, in a log.
    pub(super) fn paid(
        &self,
        from: impl Into<Address>,
        to: impl Into<Address>,
        value: U256,
    ) -> Log {
        let (from, to) = (from.into(), to.into());
        self.of_hub(&Hub::Transfer { from, to, value })
    }

    /// Asserts that these are the logs, in this order.
    #[track_caller]
    pub(super) fn assert_logs<T>(&self, receipt: &Receipt<T>, expected: &[Log]) {
        let told = |log: &Log<LogData>| self.chain.names().event(log);
        let words = || receipt.logs.iter().map(told).collect::<Vec<_>>();
        assert_eq!(receipt.logs, expected, "found {:#?}", words());
    }
}
