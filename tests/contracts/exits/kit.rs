//! The hub with its queue, and Alice, who has 1,000 eMETIS to leave with.

use std::cell::Cell;
use std::sync::OnceLock;

use alloy_primitives::keccak256;
pub(super) use alloy_primitives::{Address, Bytes, U256};
use emetis::Snapshot;
use emetis::artifacts::fixtures::fixture;
pub(super) use emetis::interfaces::IRedemptionQueue as Queue;
use emetis::suite::{Params, Programs, Suite};

pub(super) use super::super::fixtures::{IReenterer, IRefuser, Refusal};
pub(super) use super::super::kit::*;

pub(super) const ZERO: U256 = U256::ZERO;
pub(super) const ONE: U256 = U256::ONE;
/// What Alice has deposited.
pub(super) const STAKE: U256 = metis(1_000);
/// What of it may be redeemed at once in a day to begin with.
pub(super) const DAILY: U256 = metis(10);
/// The fee of that, 50 bps.
pub(super) const FEE: U256 = U256::from_limbs([50_000_000_000_000_000, 0, 0, 0]);
/// How long batches of the queue last, in seconds.
pub(super) const BATCH: u64 = 3_600;
/// How long waits of one period last at most, and how far apart periods begin, in seconds.
pub(super) const PERIOD: u64 = days(14);
pub(super) const APART: u64 = days(21);

/// METIS in wei.
const fn metis(count: u64) -> U256 {
    let wei = count as u128 * 1_000_000_000_000_000_000;
    U256::from_limbs([wei as u64, (wei >> 64) as u64, 0, 0])
}

thread_local! {
    /// The broken variant that new worlds have, zero for the program as released.
    static MUTANT: Cell<u32> = const { Cell::new(0) };
}

/// Runs a story on the build with all broken variants, of which one is active.
pub(super) fn under(mutant: u32, story: fn()) {
    MUTANT.set(mutant);
    story();
    MUTANT.set(0);
}

/// The hub with all its broken variants, the others as released.
fn mutants() -> &'static Programs {
    static PROGRAMS: OnceLock<Programs> = OnceLock::new();
    PROGRAMS.get_or_init(|| {
        let mutants = Programs::mutants().unwrap_or_else(|error| panic!("{error}"));
        Programs { liquid_staking: mutants.liquid_staking, ..programs().clone() }
    })
}

/// A world with hub and queue, in which Alice has deposited for herself.
pub(super) fn world() -> World {
    static RELEASE: OnceLock<(Snapshot, Suite)> = OnceLock::new();
    static MUTANTS: OnceLock<(Snapshot, Suite)> = OnceLock::new();
    let mutant = MUTANT.get();
    let (deployed, programs) =
        if mutant == 0 { (&RELEASE, programs()) } else { (&MUTANTS, mutants()) };
    let (snapshot, suite) = deployed.get_or_init(|| {
        let mut chain = if mutant == 0 { Chain::new() } else { roomy() };
        let suite = Suite::place(&mut chain, programs);
        construct(&mut chain, &suite, &Params::default());
        (chain.snapshot(), suite)
    });
    let mut world = people(snapshot.clone().into(), *suite, Account::named("allocator"));
    if mutant != 0 {
        world.chain.set_storage(world.hub, keccak256("emetis.mutant").into(), U256::from(mutant));
    }
    world
}

/// A [`world`] whose hub is a broken variant.
pub(super) fn variant(mutant: u32) -> World {
    MUTANT.set(mutant);
    let world = world();
    MUTANT.set(0);
    world
}

/// As [`world`], with a fixture for an allocator.
pub(super) fn world_with_allocator(name: &str) -> World {
    let mut chain = Chain::new();
    let suite = Suite::place(&mut chain, programs());
    let code = fixture(name).unwrap_or_else(|error| panic!("{error}")).init_code;
    let deployer = chain.account("deployer");
    let allocator = chain.create(deployer, code).ok().output;
    construct(&mut chain, &suite, &Params { allocator, ..Params::default() });
    people(chain, suite, Account::at(allocator))
}

fn construct(chain: &mut Chain, suite: &Suite, params: &Params) {
    suite.construct_manager(chain, params);
    let deployer = chain.account("deployer");
    chain.send_raw(deployer, suite.liquid_staking, suite.hub_constructor(params)).ok();
    chain.send_raw(deployer, suite.redemption_queue, suite.queue_constructor()).ok();
    chain.label(params.allocator, "allocator");
    for name in ["alice", "bob", "carol"] {
        chain.account(name);
    }
    for who in [Account::named("alice").address, Account::named("bob").address, params.allocator] {
        chain.deal(who, WEALTH);
    }
    let call = Hub::depositCall { receiver: Account::named("alice").address, tag: TAG };
    chain.send(Account::named("alice"), suite.liquid_staking, call).value(STAKE).ok();
    chain.seal();
}

fn people(chain: Chain, suite: Suite, allocator: Account) -> World {
    World {
        chain,
        suite,
        hub: suite.liquid_staking,
        alice: Account::named("alice"),
        bob: Account::named("bob"),
        carol: Account::named("carol"),
        allocator,
        treasury: Account::named("treasury"),
        guardian: Account::named("guardian"),
    }
}

/// The call that redeems at once for whatever it pays.
pub(super) fn redeem_now(nominal: U256, receiver: impl Into<Address>) -> Hub::redeemNowCall {
    Hub::redeemNowCall { nominal, minAssets: ZERO, receiver: receiver.into() }
}

pub(super) fn place(assets: U256) -> Hub::placeCall {
    Hub::placeCall { assets }
}

pub(super) fn settle(loss: U256, pending: U256, until: u64) -> Hub::settleCall {
    Hub::settleCall { loss, pending, until: U256::from(until) }
}

/// An error as it is reverted with.
pub(super) fn encoded_error(error: &impl alloy_sol_types::SolError) -> Bytes {
    error.abi_encode().into()
}

/// The transfer that a burn shows.
pub(super) fn burned(from: impl Into<Address>, value: U256) -> Bytes {
    event(&Hub::Transfer { from: from.into(), to: Address::ZERO, value })
}

impl World {
    /// The queue, which may call as itself.
    pub(super) fn queue(&self) -> Account {
        Account::at(self.suite.redemption_queue)
    }

    /// The allocator has METIS of the buffer.
    pub(super) fn place(&mut self, assets: U256) {
        self.chain.send(self.allocator, self.hub, place(assets)).ok();
    }

    /// The allocator tells of a loss, and what is pending for so many seconds.
    pub(super) fn settle(&mut self, loss: U256, pending: U256, seconds: u64) {
        let until = self.chain.time() + seconds;
        self.chain.send(self.allocator, self.hub, settle(loss, pending, until)).ok();
    }

    /// ADMIN sets fee and daily limit. On the first day only.
    pub(super) fn set_redemption(&mut self, fee_bps: u64, daily_bps: u64) {
        let (fee, daily) = (U256::from(fee_bps), U256::from(daily_bps));
        let call = Hub::setRedemptionCall { feeBps: fee, dailyBps: daily };
        self.chain.send(Params::default().admin, self.hub, call).ok();
    }

    /// Alice requests to redeem so much by the queue.
    pub(super) fn request(&mut self, nominal: U256) {
        let (alice, queue) = (self.alice, self.suite.redemption_queue);
        let call = Hub::approveCall { spender: queue, value: nominal };
        self.chain.send(alice, self.hub, call).ok();
        let call = Queue::requestRedeemCall { nominal, receiver: alice.address };
        self.chain.send(alice, queue, call).ok();
    }

    /// Anyone fills what is closed.
    pub(super) fn finalize(&mut self) {
        let call = Queue::finalizeCall { maxAssets: U256::MAX, maxBatches: U256::MAX };
        self.chain.send(self.bob, self.suite.redemption_queue, call).ok();
    }

    /// What of the daily limit is left.
    pub(super) fn left(&self) -> U256 {
        self.chain.view(self.hub, Hub::instantRedemptionCall {}).left
    }

    /// Fees in hand.
    pub(super) fn fees(&self) -> U256 {
        self.chain.view(self.hub, Hub::instantRedemptionCall {}).fees
    }

    /// The largest instant redemption of an account.
    pub(super) fn max_redeem_now(&self, owner: impl Into<Address>) -> U256 {
        self.chain.view(self.hub, Hub::maxRedeemNowCall { owner: owner.into() })
    }

    /// The loss that is pending, and until when redemptions wait.
    pub(super) fn pending(&self) -> (U256, u64) {
        let told = self.chain.view(self.hub, Hub::pendingLossCall {});
        (told.pending, told.until.to())
    }
}
