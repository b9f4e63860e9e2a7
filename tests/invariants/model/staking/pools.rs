//! Registered pools.

use alloy_primitives::{Address, U256};

use super::super::Prediction;
use super::books::METIS;
use super::{Money, POOLS_LIMIT, Part, Staking, reject};

impl Staking {
    pub(super) fn register_pool(&mut self, pool: Address) -> Prediction {
        let has_code = self.accounts.confirms(pool).is_some();
        let is_ours = pool == self.address(Part::Staking);
        if is_ours || !has_code || self.pools.contains(&pool) {
            return reject(Money::PoolInvalid { pool });
        }
        if self.pools.len() == POOLS_LIMIT {
            return reject(Money::PoolsFull { limit: U256::from(POOLS_LIMIT) });
        }
        self.pools.push(pool);
        let pools = U256::from(self.pools.len());
        self.log(Part::Staking, Money::PoolRegistered { pool, pools });
        Ok(Vec::new())
    }

    pub(super) fn remove_pool(&mut self, pool: Address) -> Prediction {
        let Some(place) = self.pools.iter().position(|other| *other == pool) else {
            return reject(Money::PoolUnknown { pool });
        };
        let stake = self.pool_weights.get(&pool).copied().unwrap_or_default().stake;
        if stake >= METIS {
            return reject(Money::PoolInUse { pool, stake });
        }
        // What rounding left of it.
        self.reweigh_pool(pool, U256::ZERO, stake);
        self.pools.swap_remove(place);
        let pools = U256::from(self.pools.len());
        self.log(Part::Staking, Money::PoolRemoved { pool, pools });
        Ok(Vec::new())
    }
}
