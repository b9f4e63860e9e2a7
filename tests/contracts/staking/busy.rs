//! A world in which everybody can do what there is to do with registry, staking and court.

mod calls;

use super::kit::*;
use alloy_primitives::{Address, B256, U256};
use alloy_sol_types::SolCall;
use emetis::suite::access::{Access, Managed, PROGRAMS, Role};

pub(crate) use calls::good;

/// Sequencers by what can be done with them.
pub(crate) const RUNNING: U256 = U256::ONE;
pub(crate) const IDLE: U256 = U256::from_limbs([2, 0, 0, 0]);
pub(crate) const FREE: U256 = U256::from_limbs([3, 0, 0, 0]);
pub(crate) const EXECUTABLE: U256 = U256::from_limbs([4, 0, 0, 0]);
pub(crate) const VETOABLE: U256 = U256::from_limbs([5, 0, 0, 0]);
pub(crate) const OVER: U256 = U256::from_limbs([6, 0, 0, 0]);

/// The world, and what is in it besides people and programs.
#[derive(Clone, Debug)]
pub(crate) struct Busy {
    pub(crate) world: World,
    /// A pool without stake, and a contract that could be one.
    pub(crate) empty_pool: Address,
    pub(crate) newcomer: Address,
    /// Proposals that can be executed, vetoed, cleared away.
    pub(crate) executable: U256,
    pub(crate) vetoable: U256,
    pub(crate) over: U256,
    /// A bucket of Alice's that has matured.
    pub(crate) bucket: U256,
}

/// The programs that this is about.
pub(crate) fn programs_here() -> impl Iterator<Item = &'static Managed> {
    const HERE: [&str; 3] = ["SequencerRegistry", "SequencerStaking", "SlashingCourt"];
    PROGRAMS.iter().filter(|program| HERE.contains(&program.name))
}

/// Who owns a sequencer of the world, but the operator's.
pub(crate) fn owner_of(id: U256) -> Account {
    Account::named(&format!("owner {id}"))
}

fn evidence(id: U256) -> B256 {
    B256::from(id)
}

impl World {
    fn accuse(&mut self, id: U256) -> U256 {
        self.propose(id, U256::from(100), evidence(id))
    }
}

/// Forty days in the life of six sequencers.
pub(crate) fn busy() -> Busy {
    busy_of(world())
}

/// The same of a new world with other people in it.
pub(crate) fn busy_of(mut world: World) -> Busy {
    let [empty_pool, newcomer] = [(); 2].map(|()| create(&mut world.chain, "Pool"));
    world.does(world.curator, Staking::registerPoolCall { pool: empty_pool });
    for id in [RUNNING, IDLE, FREE, EXECUTABLE, VETOABLE, OVER] {
        let owner = world.person(&format!("owner {id}"));
        let owner = if id == RUNNING { world.operator } else { owner };
        let signer = world.chain.account(&format!("signer {id}"));
        assert_eq!(world.register(owner, signer, ether(4_000)), id);
    }
    world.delegate_as_pool(RUNNING, ether(20_000));
    world.delegate(world.alice, RUNNING, ether(10_000));
    let bucket = world.undelegate(world.alice, RUNNING, ether(1_000));
    let (alice, rival) = (world.alice.address, world.rival.address);
    world.does(world.operator, Staking::setOwnerCall { id: RUNNING, newOwner: rival });
    let name = Staking::setRewardRecipientCall { id: RUNNING, rewardRecipient: alice };
    world.does(world.operator, name);

    world.chain.advance(days(10));
    let slash = world.accuse(FREE);
    world.chain.advance(VETO_WINDOW);
    world.execute(slash);
    world.chain.advance(days(18));
    let over = world.accuse(OVER);
    world.chain.advance(days(2));
    let raise =
        Registry::announceCommissionCall { id: RUNNING, commissionBps: COMMISSION + U256::ONE };
    world.chain.send(world.operator, world.registry, raise).ok();
    world.chain.advance(days(4));
    let executable = world.accuse(EXECUTABLE);
    world.reward(RUNNING, ether(32));
    world.chain.deal(world.staking, ether(1));
    world.chain.deal(world.registry, BOND);
    let vetoable = U256::ZERO;
    let mut busy = Busy { world, empty_pool, newcomer, executable, vetoable, over, bucket };
    busy.schedule();
    busy.world.chain.advance(days(4));
    busy.vetoable = busy.world.accuse(VETOABLE);
    busy
}

impl Busy {
    /// ADMIN announces all that it may do.
    fn schedule(&mut self) {
        let (admin, manager) = (self.world.admin, self.world.suite.access_manager);
        for program in programs_here() {
            let target = (program.address)(&self.world.suite);
            for entry in program.entries {
                if entry.access == Access::Role(Role::Admin) {
                    let data = good(self, program, entry).data.into();
                    let when = alloy_primitives::Uint::ZERO;
                    let call = Manager::scheduleCall { target, data, when };
                    self.world.chain.send(admin, manager, call).ok();
                }
            }
        }
    }
}

/// A call that is ready to be made.
#[derive(Clone, Debug)]
pub(crate) struct Ready {
    pub(crate) caller: Account,
    pub(crate) value: U256,
    pub(crate) data: Vec<u8>,
}

impl Ready {
    pub(crate) fn new(caller: impl Into<Account>, call: impl SolCall) -> Self {
        Self { caller: caller.into(), value: U256::ZERO, data: call.abi_encode() }
    }

    pub(crate) fn with(self, value: U256) -> Self {
        Self { value, ..self }
    }
}
