//! The lens with the real suite around it, the people, and what tests say often.

use std::cell::Cell;
use std::sync::OnceLock;

use alloy_primitives::{Address, B256, U256, keccak256};
use alloy_sol_types::SolCall;
use emetis::Snapshot;
pub(super) use emetis::interfaces::{
    ILens as Lens, ISequencerQuota as Quota, ISequencerStaking as Staking, ISlashingCourt as Court,
};
use emetis::suite::{Params, Programs, Suite};
pub(super) use emetis::{Account, Chain, Failure, days, ether};

use super::super::kit::roomy;
pub(super) use super::super::kit::{WEALTH, programs};
pub(super) use super::super::staking::kit::{IPool, create};

/// How long what the curator raises or lets go waits, in seconds.
pub(super) const RAISE_DELAY: u64 = days(2);
/// One part of 10,000 is a bp: all of them.
pub(super) const ALL_BPS: u64 = 10_000;
/// The Herfindahl index where one part has everything.
pub(super) const ALL_SQUARED: u64 = ALL_BPS * ALL_BPS;
/// What a pool is granted in a sequencer, in METIS: all it can be.
const GRANT: u64 = 100_000;

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

/// A world with the suite in it and no sequencer. Alice has METIS.
#[derive(Clone, Debug)]
pub(super) struct World {
    pub(super) chain: Chain,
    pub(super) suite: Suite,
    pub(super) lens: Address,
    pub(super) quota: Address,
    pub(super) staking: Address,
    pub(super) alice: Account,
    pub(super) curator: Account,
}

/// Code of the lens that worlds have.
pub(super) fn code() -> &'static [u8] {
    if MUTANT.get() == 0 { &programs().lens } else { &mutants().lens }
}

/// The lens with all its broken variants, the others as released.
fn mutants() -> &'static Programs {
    static PROGRAMS: OnceLock<Programs> = OnceLock::new();
    PROGRAMS.get_or_init(|| {
        let mutants = Programs::mutants().unwrap_or_else(|error| panic!("{error}"));
        Programs { lens: mutants.lens, ..programs().clone() }
    })
}

/// A world right after deployment: ADMIN has its first day before it, in which it does not wait.
pub(super) fn world() -> World {
    static RELEASE: OnceLock<(Snapshot, Suite)> = OnceLock::new();
    static MUTANTS: OnceLock<(Snapshot, Suite)> = OnceLock::new();
    let mutant = MUTANT.get();
    let (deployed, programs) =
        if mutant == 0 { (&RELEASE, programs()) } else { (&MUTANTS, mutants()) };
    let (snapshot, suite) = deployed.get_or_init(|| {
        let mut chain = if mutant == 0 { Chain::new() } else { roomy() };
        let suite = Suite::deploy_programs(&mut chain, programs, Params::default());
        let alice = chain.account("alice");
        chain.deal(alice, WEALTH);
        chain.seal();
        (chain.snapshot(), suite)
    });
    let mut world = World {
        chain: Chain::from(snapshot.clone()),
        suite: *suite,
        lens: suite.lens,
        quota: suite.quota,
        staking: suite.sequencer_staking,
        alice: Account::named("alice"),
        curator: Account::named("curator"),
    };
    world.activate_mutant(suite.lens);
    world
}

/// A number as a word.
pub(super) fn word(number: u64) -> U256 {
    U256::from(number)
}

/// Calldata of each function of the lens, and its name.
pub(super) fn functions() -> [(&'static str, Vec<u8>); 6] {
    [
        ("concentration", Lens::concentrationCall {}.abi_encode()),
        ("poolConcentration", Lens::poolConcentrationCall {}.abi_encode()),
        ("groups", Lens::groupsCall {}.abi_encode()),
        ("pools", Lens::poolsCall {}.abi_encode()),
        ("staking", Lens::stakingCall {}.abi_encode()),
        ("quota", Lens::quotaCall {}.abi_encode()),
    ]
}

impl World {
    /// Switches the broken variant of the story on in a program, if there is one.
    pub(super) fn activate_mutant(&mut self, lens: Address) {
        let mutant = MUTANT.get();
        if mutant != 0 {
            self.chain.set_storage(lens, keccak256("emetis.mutant").into(), U256::from(mutant));
        }
    }

    /// Registers another sequencer of an owner, with a bond in METIS. Its id.
    pub(super) fn register(&mut self, owner: &str, bond: u64) -> U256 {
        self.register_with(owner, ether(bond))
    }

    /// The same, with a bond in wei.
    pub(super) fn register_with(&mut self, owner: &str, bond: U256) -> U256 {
        let owner = self.chain.account(owner);
        let call = Staking::openCall {
            owner: owner.address,
            rewardRecipient: owner.address,
            commissionBps: U256::ZERO,
            displaced: U256::ZERO,
        };
        // As the registry opens it: keys and proofs are not what is looked at here.
        let registry = Account::at(self.suite.sequencer_registry);
        self.chain.deal(registry, bond);
        self.chain.send(registry, self.staking, call).value(bond).ok().output
    }

    /// Another registered pool with METIS, which is granted what it can be in some sequencers.
    pub(super) fn pool(&mut self, ids: &[U256]) -> Address {
        let pool = create(&mut self.chain, "Pool");
        self.chain.deal(pool, WEALTH);
        self.chain.send(self.curator, self.staking, Staking::registerPoolCall { pool }).ok();
        for id in ids {
            let grant = Quota::setGrantCall { pool, id: *id, assets: ether(GRANT) };
            self.chain.send(self.curator, self.quota, grant).ok();
        }
        self.chain.advance(RAISE_DELAY);
        pool
    }

    /// A pool is about to delegate.
    pub(super) fn pool_delegation(
        &mut self,
        pool: Address,
        id: U256,
        assets: U256,
    ) -> emetis::Call<'_, <IPool::executeCall as SolCall>::Return> {
        let data = Staking::delegateCall { id }.abi_encode().into();
        let call = IPool::executeCall { to: self.staking, value: assets, data };
        self.chain.send(self.alice, pool, call)
    }

    /// Alice is about to delegate.
    pub(super) fn delegation(&mut self, id: U256, assets: U256) -> emetis::Call<'_, U256> {
        self.chain.send(self.alice, self.staking, Staking::delegateCall { id }).value(assets)
    }

    /// The owner of a sequencer takes it out.
    pub(super) fn exit(&mut self, id: U256) {
        let owner = self.chain.view(self.staking, Staking::ownerOfCall { id });
        self.chain.send(owner, self.staking, Staking::exitCall { id }).ok();
    }

    /// A slasher is about to propose to slash a tenth of a sequencer, which jails it.
    pub(super) fn proposal(&mut self, id: U256) -> emetis::Call<'_, U256> {
        let now = U256::from(self.chain.time());
        let evidence = B256::from(now << 32 | id);
        let call = Court::proposeSlashCall { id, bps: word(1_000), faultTime: now, evidence };
        self.chain.send(Account::named("slasher"), self.suite.slashing_court, call)
    }

    /// The curator puts a group under the cap of another.
    pub(super) fn group(&mut self, into: u64, member: u64) {
        let call = Quota::groupCall { into: word(into), member: word(member) };
        self.chain.send(self.curator, self.quota, call).ok();
    }

    /// The curator lets a group go, two days from now.
    pub(super) fn split(&mut self, member: u64) {
        let call = Quota::splitCall { member: word(member) };
        self.chain.send(self.curator, self.quota, call).ok();
    }

    /// Asks the lens.
    pub(super) fn told<C: SolCall>(&self, call: C) -> C::Return {
        self.chain.view(self.lens, call)
    }

    /// Groups and their stakes in METIS.
    pub(super) fn groups(&self) -> Vec<(u64, u64)> {
        let told = self.told(Lens::groupsCall {});
        let leaders = told.leaders.into_iter().map(|leader| leader.to());
        leaders.zip(told.stakes.into_iter().map(in_metis)).collect()
    }

    /// Pools, zero for direct positions, and what they have in METIS.
    pub(super) fn pools(&self) -> Vec<(Address, u64)> {
        let told = self.told(Lens::poolsCall {});
        told.holders.into_iter().zip(told.stakes.into_iter().map(in_metis)).collect()
    }

    /// The measures of groups, in METIS.
    pub(super) fn concentration(&self) -> Measures<u64> {
        let told = self.told(Lens::concentrationCall {});
        Measures {
            count: told.count.to(),
            stake: in_metis(told.stake),
            apart: in_metis(told.elsewhere),
            largest: (told.largest.to(), in_metis(told.largestStake)),
            bps: told.largestBps.to(),
            fewest: (told.third.to(), told.half.to()),
            herfindahl: told.herfindahl.to(),
        }
    }

    /// The measures of pools, in METIS.
    pub(super) fn pool_concentration(&self) -> Measures<Address> {
        let told = self.told(Lens::poolConcentrationCall {});
        Measures {
            count: told.count.to(),
            stake: in_metis(told.stake),
            apart: in_metis(told.direct),
            largest: (told.largest, in_metis(told.largestStake)),
            bps: told.largestBps.to(),
            fewest: (told.third.to(), told.half.to()),
            herfindahl: told.herfindahl.to(),
        }
    }
}

/// What the lens measures of parts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Measures<T> {
    pub(super) count: u64,
    /// Of all parts, in METIS.
    pub(super) stake: u64,
    /// Of groups elsewhere, or of direct positions, in METIS.
    pub(super) apart: u64,
    /// Which part, and what it has in METIS.
    pub(super) largest: (T, u64),
    pub(super) bps: u64,
    /// How many have a third, and a half.
    pub(super) fewest: (u64, u64),
    pub(super) herfindahl: u64,
}

/// What the one part there is has, in METIS.
pub(super) fn alone<T>(part: T, metis: u64) -> Measures<T> {
    Measures {
        count: 1,
        stake: metis,
        apart: 0,
        largest: (part, metis),
        bps: ALL_BPS,
        fewest: (1, 1),
        herfindahl: ALL_SQUARED,
    }
}

/// An amount of whole METIS.
fn in_metis(assets: U256) -> u64 {
    assert_eq!(assets % ether(1), U256::ZERO, "{assets} wei are not whole METIS");
    (assets / ether(1)).to()
}
