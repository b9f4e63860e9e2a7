//! Operations of the vault, with a reward that is unlocking.

use alloy_primitives::{Address, B256, U256};

use super::super::stage::{Peer, Stage};
use super::{Scenario, scenario};
use crate::account::Account;
use crate::chain::Tx;
use crate::interfaces::{ILiquidStaking as Hub, IStakedMetis as Vault};
use crate::{WEI, days, ether};

/// Amounts are one METIS, allowances finite but where the name says otherwise.
pub(super) const ALL: &[Scenario] = &[
    scenario("vault: deposit, old holder", |stage, vault| {
        stage.stake(vault, stage.alice);
        deposit(stage, vault, ether(2))
    })
    .of_vault()
    .like(Peer::LeanVault)
    .within(60_000),
    scenario("vault: deposit, old holder, infinite allowance", |stage, vault| {
        stage.stake(vault, stage.alice);
        deposit(stage, vault, U256::MAX)
    })
    .of_vault()
    .like(Peer::LeanVault)
    .within(60_000),
    scenario("vault: deposit, new holder", |stage, vault| deposit(stage, vault, ether(2)))
        .of_vault()
        .like(Peer::LeanVault),
    scenario("vault: mint, old holder", |stage, vault| {
        stage.stake(vault, stage.alice);
        stage.fund(vault, stage.alice, ether(2));
        let call = Vault::mintCall { shares: WEI, receiver: stage.alice.address };
        stage.tx(stage.alice, vault, call)
    })
    .of_vault()
    .like(Peer::LeanVault)
    .within(60_000),
    scenario("vault: redeem a part", |stage, vault| {
        stage.stake(vault, stage.alice);
        redeem(stage, vault, WEI)
    })
    .of_vault()
    .like(Peer::LeanVault)
    .within(60_000),
    scenario("vault: redeem everything", |stage, vault| {
        stage.stake(vault, stage.alice);
        let shares = shares(stage, vault);
        redeem(stage, vault, shares)
    })
    .of_vault()
    .like(Peer::LeanVault)
    .within(60_000),
    scenario("vault: redeem with a minimum", |stage, vault| {
        stage.stake(vault, stage.alice);
        let (receiver, owner) = (stage.alice.address, stage.alice.address);
        let call = Vault::redeem_1Call { shares: WEI, receiver, owner, minAssets: U256::ONE };
        stage.tx(stage.alice, vault, call)
    })
    .of_vault()
    .like(Peer::LeanVault)
    .within(60_000),
    scenario("vault: withdraw", |stage, vault| {
        stage.stake(vault, stage.alice);
        let (receiver, owner) = (stage.alice.address, stage.alice.address);
        let call = Vault::withdrawCall { assets: WEI / U256::from(2), receiver, owner };
        stage.tx(stage.alice, vault, call)
    })
    .of_vault()
    .like(Peer::LeanVault)
    .within(60_000),
    scenario("vault: transfer, old holder", |stage, vault| {
        stage.stake(vault, stage.alice);
        stage.stake(vault, stage.bob);
        transfer(stage, vault)
    })
    .of_vault()
    .like(Peer::LeanVault)
    .within(35_600),
    scenario("vault: transfer, new holder", |stage, vault| {
        stage.stake(vault, stage.alice);
        transfer(stage, vault)
    })
    .of_vault()
    .like(Peer::LeanVault),
    scenario("vault: notify", |stage, vault| {
        let pool = Account::at(stage.params.pool);
        stage.fund(vault, pool, WEI);
        stage.tx(pool, vault, Vault::notifyCall { assets: WEI })
    })
    .of_vault()
    .like(Peer::LeanVault),
    scenario("vault: settle, a loss becomes pending", |stage, vault| {
        let call = Vault::settleCall { loss: U256::ZERO, pending: WEI };
        stage.tx(stage.params.pool, vault, call)
    })
    .of_vault()
    .like(Peer::LeanVault),
    scenario("vault: settle, the loss is recognised", |stage, vault| {
        let pool = stage.params.pool;
        let pending = Vault::settleCall { loss: U256::ZERO, pending: WEI };
        stage.chain.send(pool, vault, pending).ok();
        stage.tx(pool, vault, Vault::settleCall { loss: WEI, pending: U256::ZERO })
    })
    .of_vault()
    .like(Peer::LeanVault),
    scenario("vault: redeem a part while a loss is pending", |stage, vault| {
        stage.stake(vault, stage.alice);
        let pending = Vault::settleCall { loss: U256::ZERO, pending: WEI };
        stage.chain.send(stage.params.pool, vault, pending).ok();
        redeem(stage, vault, WEI)
    })
    .of_vault()
    .like(Peer::LeanVault)
    .within(60_000),
    scenario("vault: totalAssets, as a transaction", |stage, vault| {
        stage.tx(stage.bob, vault, Vault::totalAssetsCall {})
    })
    .of_vault()
    .like(Peer::LeanVault),
    scenario("vault: previewRedeem of 2^255, as a transaction", |stage, vault| {
        let assets = U256::ONE << 255;
        stage.tx(stage.bob, vault, Vault::previewRedeemCall { shares: assets })
    })
    .of_vault()
    .like(Peer::LeanVault),
];

fn deposit(stage: &mut Stage, vault: Address, allowed: U256) -> Tx {
    stage.fund(vault, stage.alice, allowed);
    let call = Vault::depositCall { assets: WEI, receiver: stage.alice.address };
    stage.tx(stage.alice, vault, call)
}

fn redeem(stage: &Stage, vault: Address, shares: U256) -> Tx {
    let (receiver, owner) = (stage.alice.address, stage.alice.address);
    stage.tx(stage.alice, vault, Vault::redeem_0Call { shares, receiver, owner })
}

fn transfer(stage: &Stage, vault: Address) -> Tx {
    stage.tx(stage.alice, vault, Vault::transferCall { to: stage.bob.address, value: WEI })
}

fn shares(stage: &Stage, vault: Address) -> U256 {
    stage.chain.view(vault, Vault::balanceOfCall { account: stage.alice.address })
}

impl Stage {
    /// Gives `who` two of a vault's assets and lets the vault take some.
    fn fund(&mut self, vault: Address, who: Account, allowed: U256) {
        let asset = self.chain.view(vault, Vault::assetCall {});
        let call = Hub::depositCall { receiver: who.address, tag: B256::ZERO };
        self.chain.send(self.alice, asset, call).value(ether(2)).ok();
        let call = Hub::approveCall { spender: vault, value: allowed };
        self.chain.send(who, asset, call).ok();
    }

    /// Stakes one of the vault's assets for `who`, while a reward unlocks.
    fn stake(&mut self, vault: Address, who: Account) {
        let pool = Account::at(self.params.pool);
        if self.chain.view(vault, Vault::streamCall {}).next.is_zero() {
            self.fund(vault, pool, WEI);
            self.chain.send(pool, vault, Vault::notifyCall { assets: WEI }).ok();
            self.chain.advance(days(2));
        }
        self.fund(vault, who, ether(2));
        let call = Vault::depositCall { assets: WEI, receiver: who.address };
        self.chain.send(who, vault, call).ok();
    }
}
