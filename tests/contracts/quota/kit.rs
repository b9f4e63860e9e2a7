//! The quota with real staking around it, the people, and what tests say often.

use std::cell::Cell;
use std::sync::OnceLock;

use alloy_primitives::{Address, B256, U256, keccak256};
use alloy_sol_types::SolCall;
use emetis::Snapshot;
pub(super) use emetis::interfaces::{
    ISequencerQuota as Quota, ISequencerStaking as Staking, ISlashingCourt as Court,
};
use emetis::suite::{Params, Programs, Suite};
pub(super) use emetis::{Account, Chain, Failure, Receipt, days, ether, hours};

use super::super::kit::roomy;
pub(super) use super::super::kit::{LIMIT, WEALTH, programs};
pub(super) use super::super::staking::kit::{IHostile, IPool, Turn, create};

/// How long what is raised waits, in seconds.
pub(super) const RAISE_DELAY: u64 = days(2);
/// What a newcomer's sequencer may hold: the middle between 20,000 and 100,000 METIS.
pub(super) const NEWCOMER_CAP: u64 = 60_000;
/// The largest grant, in METIS.
pub(super) const GRANT: u64 = 100_000;

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

/// A world with the suite in it and no sequencer. Alice and a registered pool have METIS.
#[derive(Clone, Debug)]
pub(super) struct World {
    pub(super) chain: Chain,
    pub(super) suite: Suite,
    pub(super) quota: Address,
    pub(super) staking: Address,
    /// A `Pool`.
    pub(super) pool: Address,
    pub(super) alice: Account,
    pub(super) admin: Account,
    pub(super) curator: Account,
    /// Has no role and calls what anyone may.
    pub(super) keeper: Account,
}

/// The quota with all its broken variants, and staking with those of exits; the others as released.
fn mutants() -> &'static Programs {
    static PROGRAMS: OnceLock<Programs> = OnceLock::new();
    PROGRAMS.get_or_init(|| {
        let mutants = Programs::mutants().unwrap_or_else(|error| panic!("{error}"));
        Programs {
            sequencer_quota: mutants.sequencer_quota,
            sequencer_staking: mutants.sequencer_staking,
            ..programs().clone()
        }
    })
}

/// A world right after deployment: ADMIN has its first day before it, in which it does not wait.
pub(super) fn world() -> World {
    static RELEASE: OnceLock<(Snapshot, Suite, Address)> = OnceLock::new();
    static MUTANTS: OnceLock<(Snapshot, Suite, Address)> = OnceLock::new();
    let mutant = MUTANT.get();
    let (deployed, programs) =
        if mutant == 0 { (&RELEASE, programs()) } else { (&MUTANTS, mutants()) };
    let (snapshot, suite, pool) = deployed.get_or_init(|| {
        let mut chain = if mutant == 0 { Chain::new() } else { roomy() };
        let suite = Suite::deploy_programs(&mut chain, programs, Params::default());
        for name in ["alice", "keeper"] {
            chain.account(name);
        }
        let pool = create(&mut chain, "Pool");
        for who in [Account::named("alice").address, pool] {
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
        for program in [suite.quota, suite.sequencer_staking] {
            chain.set_storage(program, slot, U256::from(mutant));
        }
    }
    let named = Account::named;
    World {
        chain,
        suite: *suite,
        quota: suite.quota,
        staking: suite.sequencer_staking,
        pool: *pool,
        alice: named("alice"),
        admin: named("admin"),
        curator: named("curator"),
        keeper: named("keeper"),
    }
}

/// A world with a sequencer of 10,000 METIS of bond, in which the pool was granted all it can be.
pub(super) fn granted() -> (World, U256) {
    let mut world = world();
    let id = world.register("olga", 10_000);
    world.grant(id, GRANT);
    world.chain.advance(RAISE_DELAY);
    (world, id)
}

/// A number as a word.
pub(super) fn word(number: u64) -> U256 {
    U256::from(number)
}

/// METIS and a wei.
pub(super) fn beyond(metis: u64) -> U256 {
    ether(metis) + U256::ONE
}

impl World {
    /// The time, as a word.
    pub(super) fn now(&self) -> U256 {
        U256::from(self.chain.time())
    }

    /// Registers another sequencer of an owner, with a bond in METIS. Its id.
    pub(super) fn register(&mut self, owner: &str, bond: u64) -> U256 {
        let owner = self.chain.account(owner);
        let next = self.chain.view(self.staking, Staking::countCall {}) + U256::ONE;
        let call = Staking::openCall {
            owner: owner.address,
            rewardRecipient: owner.address,
            commissionBps: U256::ZERO,
            displaced: U256::ZERO,
        };
        // As the registry opens it: keys and proofs are not what is looked at here.
        let registry = Account::at(self.suite.sequencer_registry);
        self.chain.deal(registry, ether(bond));
        let id = self.chain.send(registry, self.staking, call).value(ether(bond)).ok().output;
        assert_eq!(id, next);
        id
    }

    /// Another registered pool.
    pub(super) fn another_pool(&mut self) -> Address {
        let pool = create(&mut self.chain, "Pool");
        self.chain.deal(pool, WEALTH);
        self.chain.send(self.curator, self.staking, Staking::registerPoolCall { pool }).ok();
        pool
    }

    /// The curator calls the quota.
    #[track_caller]
    pub(super) fn curates<C: SolCall>(&mut self, call: C) -> Receipt<C::Return> {
        self.chain.send(self.curator, self.quota, call).ok()
    }

    /// Grants METIS to the pool in a sequencer; a raise waits.
    pub(super) fn grant(&mut self, id: U256, metis: u64) {
        let pool = self.pool;
        self.grant_to(pool, id, metis);
    }

    /// Grants METIS to a pool in a sequencer; a raise waits.
    pub(super) fn grant_to(&mut self, pool: Address, id: U256, metis: u64) {
        self.curates(Quota::setGrantCall { pool, id, assets: ether(metis) });
    }

    /// Asks the quota.
    pub(super) fn told<C: SolCall>(&self, call: C) -> C::Return {
        self.chain.view(self.quota, call)
    }

    /// A call of a pool.
    pub(super) fn as_pool(
        &mut self,
        pool: Address,
        to: Address,
        call: impl SolCall,
        value: U256,
    ) -> emetis::Call<'_, <IPool::executeCall as SolCall>::Return> {
        let call = IPool::executeCall { to, value, data: call.abi_encode().into() };
        self.chain.send(self.keeper, pool, call)
    }

    /// The pool is about to delegate.
    pub(super) fn pool_delegation(
        &mut self,
        id: U256,
        assets: U256,
    ) -> emetis::Call<'_, <IPool::executeCall as SolCall>::Return> {
        let (pool, staking) = (self.pool, self.staking);
        self.as_pool(pool, staking, Staking::delegateCall { id }, assets)
    }

    /// The pool delegates.
    #[track_caller]
    pub(super) fn pool_delegates(&mut self, id: U256, assets: U256) {
        self.pool_delegation(id, assets).ok();
    }

    /// Alice is about to delegate.
    pub(super) fn delegation(&mut self, id: U256, assets: U256) -> emetis::Call<'_, U256> {
        self.chain.send(self.alice, self.staking, Staking::delegateCall { id }).value(assets)
    }

    /// Alice delegates.
    #[track_caller]
    pub(super) fn delegates(&mut self, id: U256, assets: U256) {
        self.delegation(id, assets).ok();
    }

    /// What an account may delegate to a sequencer, and what allows no more.
    pub(super) fn room(&self, who: Address, id: U256) -> (U256, Quota::Reason) {
        let told = self.told(Quota::roomCall { pool: who, id });
        (told.assets, told.reason)
    }

    /// Where METIS of an account goes to.
    pub(super) fn allocation(&self, who: Address, assets: U256) -> Vec<(U256, U256)> {
        let told = self.told(Quota::planAllocationCall { pool: who, assets });
        told.ids.into_iter().zip(told.amounts).collect()
    }

    /// Where METIS of an account comes from.
    pub(super) fn release(&self, who: Address, assets: U256) -> Vec<(U256, U256)> {
        let told = self.told(Quota::planReleaseCall { pool: who, assets });
        told.ids.into_iter().zip(told.amounts).collect()
    }

    /// The figures of a sequencer.
    pub(super) fn sequencer(&self, id: U256) -> Staking::sequencerReturn {
        self.chain.view(self.staking, Staking::sequencerCall { id })
    }

    /// What a position is worth.
    pub(super) fn worth(&self, who: Address, id: U256) -> U256 {
        self.chain.view(self.staking, Staking::positionCall { account: who, id }).assets
    }

    /// Jails a sequencer by a proposal to slash a tenth. The proposal.
    pub(super) fn propose(&mut self, id: U256) -> U256 {
        let evidence = B256::from(self.now() << 32 | id);
        let call =
            Court::proposeSlashCall { id, bps: word(1_000), faultTime: self.now(), evidence };
        self.chain.send(Account::named("slasher"), self.suite.slashing_court, call).ok().output
    }

    /// Slashes a tenth of a sequencer. The proposal.
    pub(super) fn slash(&mut self, id: U256) -> U256 {
        let proposal = self.propose(id);
        self.chain.advance(days(2));
        let execute = Court::executeCall { proposal };
        self.chain.send(self.keeper, self.suite.slashing_court, execute).ok();
        proposal
    }

    /// The distributor brings a batch.
    pub(super) fn batch(
        &mut self,
        ids: &[U256],
        produced: &[u64],
        assigned: &[u64],
    ) -> emetis::Call<'_, Quota::recordBatchReturn> {
        let words = |numbers: &[u64]| numbers.iter().copied().map(word).collect();
        let (produced, assigned) = (words(produced), words(assigned));
        let call = Quota::recordBatchCall { ids: ids.to_vec(), produced, assigned };
        self.chain.send(Account::at(self.suite.distributor), self.quota, call)
    }
}

/// Somebody with exactly so much METIS.
pub(super) fn somebody(world: &mut World, name: &str, metis: u64) -> Account {
    let account = world.chain.account(name);
    world.chain.deal(account, ether(metis));
    account
}

/// A call by which an account delegates.
pub(super) fn enters(
    world: &mut World,
    who: impl Into<Address>,
    id: U256,
    assets: U256,
) -> emetis::Call<'_, U256> {
    let (who, staking) = (Account::at(who.into()), world.staking);
    world.chain.send(who, staking, Staking::delegateCall { id }).value(assets)
}

/// A call by which an account begins to leave.
pub(super) fn leaves(
    world: &mut World,
    who: impl Into<Address>,
    id: U256,
    shares: U256,
) -> emetis::Call<'_, Staking::undelegateReturn> {
    let (who, staking) = (Account::at(who.into()), world.staking);
    world.chain.send(who, staking, Staking::undelegateCall { id, shares })
}

/// The limits to begin with.
pub(super) fn limits() -> Quota::setLimitsCall {
    Quota::setLimitsCall {
        operatorShareBps: word(2_000),
        operatorFloor: ether(100_000),
        poolShareBps: word(3_300),
        poolFloor: ether(400_000),
        poolCap: ether(1_000_000),
        directShareBps: word(5_000),
        churnBps: word(100),
    }
}

/// The same, for the curator.
pub(super) fn lower(limits: Quota::setLimitsCall) -> Quota::lowerLimitsCall {
    Quota::lowerLimitsCall {
        operatorShareBps: limits.operatorShareBps,
        operatorFloor: limits.operatorFloor,
        poolShareBps: limits.poolShareBps,
        poolFloor: limits.poolFloor,
        poolCap: limits.poolCap,
        directShareBps: limits.directShareBps,
        churnBps: limits.churnBps,
    }
}
