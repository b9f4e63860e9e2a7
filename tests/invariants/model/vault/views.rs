//! What the vault tells.

use alloy_primitives::U256;
use alloy_sol_types::SolValue;
use emetis::interfaces::IStakedMetis as Vault;

use super::super::abi::Value;
use super::super::{Model, Prediction, Program, reject};
use super::{CYCLE, INTERVAL, Rounding};

impl Model {
    pub(in super::super) fn vault_view(&self, signature: &str, a: &[Value]) -> Prediction {
        let (vault, now) = (&self.vault, self.now);
        let books = &vault.books;
        let fits = |amount: U256, result: Option<U256>| match result {
            Some(result) => Ok(result.abi_encode()),
            None => reject(Vault::ConversionOverflow { amount }),
        };
        let shares = |rounding| fits(a[0].word(), books.shares_for(now, a[0].word(), rounding));
        let assets = |rounding| fits(a[0].word(), books.assets_for(now, a[0].word(), rounding));
        let unless_barred = |max: U256| {
            let closed = self.barred(a[0].address()) || self.is_unpaused(Program::Vault).is_err();
            let max = if closed { U256::ZERO } else { max };
            max.abi_encode()
        };
        Ok(match signature {
            "asset()" => vault.asset.abi_encode(),
            "totalAssets()" => books.total_assets(now).abi_encode(),
            "convertToShares(uint256)" | "previewDeposit(uint256)" => {
                return shares(Rounding::Down);
            }
            "previewWithdraw(uint256)" => return shares(Rounding::Up),
            "convertToAssets(uint256)" | "previewRedeem(uint256)" => return assets(Rounding::Down),
            "previewMint(uint256)" => return assets(Rounding::Up),
            "maxDeposit(address)" => unless_barred(books.max_deposit(now)),
            "maxMint(address)" => unless_barred(books.max_mint(now)),
            "maxWithdraw(address)" => self.worth(a[0].address()).abi_encode(),
            "maxRedeem(address)" => self.max_redeem(a[0].address()).abi_encode(),
            "totals()" => {
                let (locked, provision) = (books.still_locked(now), books.provision(now));
                (books.ledger, books.shares, locked, books.pending, provision).abi_encode_params()
            }
            "stream()" => {
                let [end, next] = [books.end(), books.next()].map(U256::from);
                (books.still_locked(now), end, next).abi_encode_params()
            }
            "rewardCycle()" => U256::from(CYCLE).abi_encode(),
            "harvestInterval()" => U256::from(INTERVAL).abi_encode(),
            "pool()" => vault.pool.abi_encode(),
            other => panic!("the model knows no view {other} of the vault"),
        })
    }
}
