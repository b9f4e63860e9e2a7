//! The whole suite in a world, the people around it, and what tests of the vault say often.

use std::sync::OnceLock;

use alloy_primitives::{Address, U256, address};
use emetis::Snapshot;
pub(crate) use emetis::interfaces::{ILiquidStaking as Hub, IStakedMetis as Vault};
use emetis::suite::{Params, Suite};
pub(crate) use emetis::{Account, Chain, days, ether, hours, milliether};

pub(crate) use super::super::kit::{TAG, WEALTH, programs};

/// 1 METIS in wei, and what it was worth in shares at construction.
pub(crate) const METIS: U256 = emetis::WEI;
/// A million shares for a wei: the offset of 6 decimals.
pub(crate) const OFFSET: U256 = U256::from_limbs([1_000_000, 0, 0, 0]);
/// Who holds the dead stake.
pub(crate) const DEAD: Address = address!("000000000000000000000000000000000000dEaD");
/// How long a reward takes to unlock.
pub(crate) const CYCLE: u64 = days(7);
/// The least time between rewards.
pub(crate) const INTERVAL: u64 = days(1);

/// A world with the suite in it. Everybody but Carol has METIS, and nobody eMETIS.
#[derive(Clone, Debug)]
pub(crate) struct World {
    pub(crate) chain: Chain,
    pub(crate) suite: Suite,
    pub(crate) hub: Address,
    pub(crate) vault: Address,
    pub(crate) alice: Account,
    pub(crate) bob: Account,
    pub(crate) carol: Account,
    pub(crate) pool: Account,
    pub(crate) treasury: Account,
    pub(crate) guardian: Account,
}

/// What the vault says of its books.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Totals {
    pub(crate) ledger: U256,
    pub(crate) shares: U256,
    pub(crate) locked: U256,
    pub(crate) pending: U256,
    pub(crate) provision: U256,
}

/// A world right after deployment: the dead stake is there and nothing else.
pub(crate) fn world() -> World {
    static WORLD: OnceLock<(Snapshot, Suite)> = OnceLock::new();
    let (snapshot, suite) = WORLD.get_or_init(|| {
        let mut chain = Chain::new();
        let suite = Suite::deploy_programs(&mut chain, programs(), Params::default());
        for name in ["alice", "bob", "pool"] {
            let account = chain.account(name);
            chain.deal(account, WEALTH);
        }
        chain.account("carol");
        chain.seal();
        (chain.snapshot(), suite)
    });
    World {
        chain: snapshot.clone().into(),
        suite: *suite,
        hub: suite.liquid_staking,
        vault: suite.staked_metis,
        alice: Account::named("alice"),
        bob: Account::named("bob"),
        carol: Account::named("carol"),
        pool: Account::named("pool"),
        treasury: Account::named("treasury"),
        guardian: Account::named("guardian"),
    }
}

impl World {
    /// `owner` gets eMETIS for METIS and lets the vault take just that.
    pub(crate) fn fund(&mut self, owner: Account, assets: U256) {
        let deposit = Hub::depositCall { receiver: owner.address, tag: TAG };
        self.chain.send(owner, self.hub, deposit).value(assets).ok();
        self.allow(owner, assets);
    }

    /// `owner` lets the vault take so much eMETIS.
    pub(crate) fn allow(&mut self, owner: Account, assets: U256) {
        let approve = Hub::approveCall { spender: self.vault, value: assets };
        self.chain.send(owner, self.hub, approve).ok();
    }

    /// `owner` stakes new eMETIS for itself. The shares for it.
    pub(crate) fn stake(&mut self, owner: Account, assets: U256) -> U256 {
        self.fund(owner, assets);
        let deposit = Vault::depositCall { assets, receiver: owner.address };
        self.chain.send(owner, self.vault, deposit).ok().output
    }

    /// `owner` redeems shares for itself. The eMETIS for them.
    pub(crate) fn redeem(&mut self, owner: Account, shares: U256) -> U256 {
        let receiver = owner.address;
        let redeem = Vault::redeem_0Call { shares, receiver, owner: receiver };
        self.chain.send(owner, self.vault, redeem).ok().output
    }

    /// The pool brings a reward. When the stream ends.
    pub(crate) fn notify(&mut self, assets: U256) -> u64 {
        self.fund(self.pool, assets);
        let notify = Vault::notifyCall { assets };
        self.chain.send(self.pool, self.vault, notify).ok().output.to()
    }

    /// The pool recognises a loss and sets the one that is pending.
    pub(crate) fn settle(&mut self, loss: U256, pending: U256) {
        self.chain.send(self.pool, self.vault, Vault::settleCall { loss, pending }).ok();
    }

    /// eMETIS sent to the vault past its ledger.
    pub(crate) fn donate(&mut self, owner: Account, assets: U256) {
        let deposit = Hub::depositCall { receiver: self.vault, tag: TAG };
        self.chain.send(owner, self.hub, deposit).value(assets).ok();
    }

    pub(crate) fn totals(&self) -> Totals {
        let told = self.chain.view(self.vault, Vault::totalsCall {});
        Totals {
            ledger: told.ledger,
            shares: told.shares,
            locked: told.locked,
            pending: told.pending,
            provision: told.provision,
        }
    }

    /// What all shares and the virtual ones stand for.
    pub(crate) fn total_assets(&self) -> U256 {
        self.chain.view(self.vault, Vault::totalAssetsCall {})
    }

    /// Shares of an account.
    pub(crate) fn shares(&self, account: impl Into<Address>) -> U256 {
        self.chain.view(self.vault, Vault::balanceOfCall { account: account.into() })
    }

    /// eMETIS of an account.
    pub(crate) fn assets(&self, account: impl Into<Address>) -> U256 {
        self.chain.view(self.hub, Hub::balanceOfCall { account: account.into() })
    }

    /// What an account's shares are worth.
    pub(crate) fn worth(&self, owner: impl Into<Address>) -> U256 {
        self.chain.view(self.vault, Vault::maxWithdrawCall { owner: owner.into() })
    }

    /// The largest deposit.
    pub(crate) fn max_deposit(&self) -> U256 {
        self.chain.view(self.vault, Vault::maxDepositCall { receiver: self.alice.address })
    }

    /// Surgery: eMETIS out of nothing, which the vault may take.
    pub(crate) fn conjure(&mut self, owner: Account, assets: U256) {
        let key = alloy_sol_types::SolValue::abi_encode(&(owner.address, U256::ONE));
        let slot = alloy_primitives::keccak256(key).into();
        self.chain.set_storage(self.hub, slot, assets);
        self.allow(owner, assets);
    }

    /// Everything the vault stores.
    pub(crate) fn storage(&self) -> Vec<(U256, U256)> {
        self.chain.with_state(|state| state.storage_of(self.vault))
    }
}
