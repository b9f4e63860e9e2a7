//! Pools that come, go, and are told of what they lose.

use alloy_primitives::{Address, U256};
use alloy_sol_types::SolCall;

use super::super::kit::*;

impl World {
    fn pool_undelegates(&mut self, id: U256, shares: U256) {
        let data = Staking::undelegateCall { id, shares }.abi_encode().into();
        let call = IPool::executeCall { to: self.staking, value: U256::ZERO, data };
        self.chain.send(self.keeper, self.pool, call).ok();
    }

    fn curator(&mut self, call: impl SolCall) {
        self.chain.send(Account::named("curator"), self.staking, call).ok();
    }

    fn pooled_stake(&self) -> U256 {
        self.chain.view(self.staking, Staking::totalsCall {}).pooled
    }

    fn account(&self, account: Address, id: U256) -> Staking::positionReturn {
        self.chain.view(self.staking, Staking::positionCall { account, id })
    }
}

#[test]
fn what_a_removed_pool_has_left_counts_as_direct_from_its_next_change() {
    let mut world = world();
    let pool = world.pool;
    let id = world.register(world.operator, world.signer, BOND);
    world.delegate(world.alice, id, ether(37_999));
    world.delegate_as_pool(id, ether(1));
    world.chain.advance(days(1));
    world.slash(id);
    world.chain.advance(JAIL);
    let restore = Staking::increaseBondCall { id };
    world.chain.send(world.operator, world.staking, restore).value(ether(4_000)).ok();
    world.does(world.operator, Staking::unjailCall { id });
    world.curator(Staking::removePoolCall { pool });
    assert!(world.account(pool, id).pooled, "until it changes");

    world.delegate_as_pool(id, ether(5_000));

    let position = world.account(pool, id);
    assert!(!position.pooled);
    assert_eq!(world.pooled_stake(), U256::ZERO);
    let sequencer = world.sequencer(id);
    assert_eq!(sequencer.directShares, sequencer.shares);
    // And the way out is that of a direct position.
    world.pool_undelegates(id, position.shares);
    let sequencer = world.sequencer(id);
    assert_eq!(sequencer.directShares, sequencer.shares);
}

#[test]
fn what_a_removed_pool_has_left_leaves_as_direct() {
    let mut world = world();
    let pool = world.pool;
    let id = world.register(world.operator, world.signer, BOND);
    world.delegate(world.alice, id, ether(37_999));
    world.delegate_as_pool(id, ether(1));
    world.chain.advance(days(1));
    world.slash(id);
    world.curator(Staking::removePoolCall { pool });

    let shares = world.account(pool, id).shares;
    world.pool_undelegates(id, shares);

    let sequencer = world.sequencer(id);
    assert_eq!(sequencer.directShares, sequencer.shares);
    assert_eq!(world.pooled_stake(), U256::ZERO);
}

#[test]
fn a_pool_is_told_of_losses_of_what_it_had_before_it_was_registered() {
    let mut world = world();
    let pool = world.pool;
    world.curator(Staking::removePoolCall { pool });
    let id = world.register(world.operator, world.signer, BOND);
    world.delegate_as_pool(id, ether(10_000));
    world.delegate(world.alice, id, ether(8_000));
    world.curator(Staking::registerPoolCall { pool });
    world.delegate_as_pool(id, ether(10_000));
    world.chain.advance(days(1));

    // 10 % of 30,000: the bond of 2,000, then 1,000 of delegations of 28,000, 20,000 of them the pool's.
    let proposal = world.propose(id, MAX_SLASH, EVIDENCE);
    let part = ether(20_000) / U256::from(28);
    assert_eq!(world.loss(), (part + U256::ONE, U256::ZERO));
    world.chain.advance(VETO_WINDOW);
    world.execute(proposal);

    let (provisioned, realised) = world.loss();
    assert_eq!(provisioned, U256::ZERO);
    assert!(realised >= part && realised <= part + U256::ONE, "{realised}");
    assert_eq!(ether(20_000) - world.worth(pool, id), realised);
    assert_eq!(world.pooled_stake(), U256::ZERO, "the position was opened as direct and stays so");
}
