//! Registry, staking and court in a world, the people around them, and what tests say often.

mod acts;
mod court;
mod fixtures;
mod signing;

use std::cell::Cell;
use std::sync::OnceLock;

use alloy_primitives::{Address, B256, U256, keccak256};
use alloy_sol_types::SolCall;
use emetis::Snapshot;
use emetis::artifacts::fixtures::fixture;
pub(crate) use emetis::interfaces::{
    IAccessManager as Manager, ISequencerRegistry as Registry, ISequencerStaking as Staking,
    ISlashingCourt as Court,
};
use emetis::suite::{Params, Programs, Suite};
pub(crate) use emetis::{Account, Chain, Receipt, days, ether, hours};

use super::super::kit::roomy;
pub(crate) use super::super::kit::{LIMIT, WEALTH, encoded, event, programs};
pub(crate) use acts::{PERIOD, claim_of};
pub(crate) use fixtures::{IHostile, IPool, Mode, Turn};

/// The bond of the sequencer that most stories are about: the least there may be.
pub(crate) const BOND: U256 = U256::from_limbs([7_751_640_039_368_425_472, 108, 0, 0]);
/// Its commission, in bps.
pub(crate) const COMMISSION: U256 = U256::from_limbs([1_000, 0, 0, 0]);
/// How long a proposal can be vetoed, in seconds.
pub(crate) const VETO_WINDOW: u64 = days(2);
/// How long it can be executed then, in seconds.
pub(crate) const EXECUTE_GRACE: u64 = days(7);
/// Term in jail, in seconds.
pub(crate) const JAIL: u64 = days(7);
/// A week, in seconds.
pub(crate) const WEEK: u64 = days(7);
/// The largest slash, in bps.
pub(crate) const MAX_SLASH: U256 = U256::from_limbs([1_000, 0, 0, 0]);
/// Evidence of a fault.
pub(crate) const EVIDENCE: B256 = B256::repeat_byte(0xe1);
/// Other evidence.
pub(crate) const OTHER_EVIDENCE: B256 = B256::repeat_byte(0xe2);

thread_local! {
    /// The broken variant that new worlds have, zero for the programs as released.
    static MUTANT: Cell<u32> = const { Cell::new(0) };
}

/// Runs a story on the build with all broken variants, of which one is active.
pub(crate) fn under(mutant: u32, story: fn()) {
    MUTANT.set(mutant);
    story();
    MUTANT.set(0);
}

/// A world with the suite in it. The operator, its rival and Alice have METIS; a pool is registered.
#[derive(Clone, Debug)]
pub(crate) struct World {
    pub(crate) chain: Chain,
    pub(crate) suite: Suite,
    pub(crate) registry: Address,
    pub(crate) staking: Address,
    pub(crate) court: Address,
    /// A `Pool`, with METIS.
    pub(crate) pool: Address,
    pub(crate) operator: Account,
    pub(crate) rival: Account,
    pub(crate) alice: Account,
    /// Has no role, no METIS and calls what anyone may.
    pub(crate) keeper: Account,
    /// Keys that sequencers sign with.
    pub(crate) signer: Account,
    pub(crate) other_signer: Account,
    pub(crate) admin: Account,
    pub(crate) slasher: Account,
    pub(crate) vetoer: Account,
    pub(crate) guardian: Account,
    pub(crate) curator: Account,
    pub(crate) treasury: Account,
}

/// Registry, staking and court with all their broken variants, the others as released.
fn mutants() -> &'static Programs {
    static PROGRAMS: OnceLock<Programs> = OnceLock::new();
    PROGRAMS.get_or_init(|| {
        let mutants = Programs::mutants().unwrap_or_else(|error| panic!("{error}"));
        Programs {
            sequencer_registry: mutants.sequencer_registry,
            sequencer_staking: mutants.sequencer_staking,
            slashing_court: mutants.slashing_court,
            ..programs().clone()
        }
    })
}

/// A world right after deployment: ADMIN has its first day before it, in which it does not wait.
pub(crate) fn world() -> World {
    static RELEASE: OnceLock<(Snapshot, Suite, Address)> = OnceLock::new();
    static MUTANTS: OnceLock<(Snapshot, Suite, Address)> = OnceLock::new();
    let mutant = MUTANT.get();
    let (deployed, programs) =
        if mutant == 0 { (&RELEASE, programs()) } else { (&MUTANTS, mutants()) };
    let (snapshot, suite, pool) = deployed.get_or_init(|| {
        let mut chain = if mutant == 0 { Chain::new() } else { roomy() };
        let suite = Suite::deploy_programs(&mut chain, programs, Params::default());
        let people = ["operator", "rival", "alice", "keeper", "signer", "other signer"];
        let [operator, rival, alice, ..] = people.map(|name| chain.account(name));
        let pool = create(&mut chain, "Pool");
        // What staking does by itself: the quota has tests of its own.
        let yes = fixture("YesQuota").unwrap_or_else(|error| panic!("{error}"));
        chain.set_code(suite.quota, yes.runtime);
        for who in [operator.address, rival.address, alice.address, pool] {
            chain.deal(who, WEALTH);
        }
        let register = Staking::registerPoolCall { pool };
        chain.send(Account::named("curator"), suite.sequencer_staking, register).ok();
        chain.seal();
        (chain.snapshot(), suite, pool)
    });
    let mut chain = Chain::from(snapshot.clone());
    if mutant != 0 {
        let slot = keccak256("emetis.mutant").into();
        for program in [suite.sequencer_registry, suite.sequencer_staking, suite.slashing_court] {
            chain.set_storage(program, slot, U256::from(mutant));
        }
    }
    let named = Account::named;
    World {
        chain,
        suite: *suite,
        registry: suite.sequencer_registry,
        staking: suite.sequencer_staking,
        court: suite.slashing_court,
        pool: *pool,
        operator: named("operator"),
        rival: named("rival"),
        alice: named("alice"),
        keeper: named("keeper"),
        signer: named("signer"),
        other_signer: named("other signer"),
        admin: named("admin"),
        slasher: named("slasher"),
        vetoer: named("vetoer"),
        guardian: named("guardian"),
        curator: named("curator"),
        treasury: named("treasury"),
    }
}

/// A world in which the operator runs a sequencer with the least bond, to which the pool delegated
/// 20,000 METIS and Alice 10,000, a day ago. A slash of 10 % takes all of the bond, 1,200 METIS of
/// delegations, and 800 of them from the pool.
pub(crate) fn running() -> (World, U256) {
    let (mut world, id) = started();
    world.chain.advance(days(1));
    (world, id)
}

/// The same a day before, while ADMIN need not wait.
pub(crate) fn started() -> (World, U256) {
    let mut world = world();
    let id = world.register(world.operator, world.signer, BOND);
    world.delegate_as_pool(id, ether(20_000));
    let delegate = Staking::delegateCall { id };
    world.chain.send(world.alice, world.staking, delegate).value(ether(10_000)).ok();
    (world, id)
}

/// Creates a fixture without arguments.
pub(crate) fn create(chain: &mut Chain, name: &str) -> Address {
    let fixture = fixture(name).unwrap_or_else(|error| panic!("{error}"));
    let alice = chain.account("alice");
    let address = chain.create(alice, fixture.init_code).ok().output;
    chain.label(address, name);
    address
}

impl World {
    /// The time, as a word.
    pub(crate) fn now(&self) -> U256 {
        U256::from(self.chain.time())
    }

    /// The pool delegates.
    pub(crate) fn delegate_as_pool(&mut self, id: U256, assets: U256) {
        let data = Staking::delegateCall { id }.abi_encode().into();
        let call = IPool::executeCall { to: self.staking, value: assets, data };
        self.chain.send(self.keeper, self.pool, call).ok();
    }

    /// Chooses what the pool does when it is told of a loss.
    pub(crate) fn turn_pool(&mut self, mode: Mode) {
        let call = IPool::answerCall { mode: mode as u8 };
        self.chain.send(self.keeper, self.pool, call).ok();
    }

    /// The sequencer's figures.
    pub(crate) fn sequencer(&self, id: U256) -> Staking::sequencerReturn {
        self.chain.view(self.staking, Staking::sequencerCall { id })
    }

    /// Everything the three programs store, and their METIS.
    pub(crate) fn storage(&self) -> Vec<(Vec<(U256, U256)>, U256)> {
        let programs = [self.registry, self.staking, self.court];
        let of = |program| {
            let slots = self.chain.with_state(|state| state.storage_of(program));
            (slots, self.chain.balance(program))
        };
        programs.map(of).to_vec()
    }
}
