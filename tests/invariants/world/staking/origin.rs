//! Staking as every world begins with it: constructed, with a few sequencers and delegations.

use std::sync::Arc;

use alloy_primitives::{Address, Bytes, U256};
use alloy_sol_types::SolCall;
use emetis::artifacts::fixtures::fixture;
use emetis::suite::Suite;
use emetis::{Account, Chain, Views, ether};

use super::super::super::action::staking::{Party, ProofFlaw};
use super::super::super::actor::Actor;
use super::super::super::cast::Cast;
use super::super::super::encode::staking::proof;
use super::super::super::model::Contract;
use super::super::super::model::staking::{
    Message, Money, Names, Part, Permission, Rule, Staking, Surroundings,
};
use super::{Crew, SeenStaking, Stage, Story};

/// Gives everybody METIS and places the pools.
pub fn wire(chain: &mut Chain, suite: &Suite, cast: &Cast) -> Crew {
    let deployer = chain.account("deployer");
    let programs =
        [suite.sequencer_staking, suite.sequencer_registry, suite.slashing_court, suite.quota];
    let place_pool = |chain: &mut Chain| {
        let code = fixture("Pool").unwrap_or_else(|error| panic!("{error}")).init_code;
        Account::at(chain.create(deployer, code).ok().output)
    };
    let parties = Party::NAMED.map(|party| match party {
        pool if Party::POOLS.contains(&pool) => place_pool(chain),
        Party::Fund => Account::at(suite.distributor),
        Party::Staking => Account::at(programs[0]),
        Party::Registry => Account::at(programs[1]),
        Party::Court => Account::at(programs[2]),
        Party::Quota => Account::at(programs[3]),
        Party::Olga | Party::Otto | Party::Omar => chain.account(party.label()),
        other => cast.account(actor(other)),
    });
    for (party, account) in Party::NAMED.into_iter().zip(parties) {
        chain.label(account, party.label());
        if !programs.contains(&account.address) {
            chain.deal(account, ether(1) << 80);
        }
    }
    let names = Party::NAMED.into_iter().zip(parties);
    let yes = fixture("YesQuota").unwrap_or_else(|error| panic!("{error}"));
    Crew {
        programs,
        manager: suite.access_manager,
        agreeable: stands_in(chain, "agreeable quota", yes.runtime),
        lens: suite.lens,
        burning: stands_in(chain, "burning quota", Bytes::from_static(&BURNS)),
        parties,
        names: names.map(|(party, account)| (account.address, party)).collect(),
        donor: cast.donor.clone(),
    }
}

/// Spends all gas.
const BURNS: [u8; 1] = [0xfe];

/// A program that may be asked in the quota's place.
fn stands_in(chain: &mut Chain, name: &str, code: Bytes) -> Address {
    let account = chain.account(name);
    chain.label(account, name);
    chain.set_code(account, code);
    account.address
}

/// Who the party is in the rest of the campaign.
fn actor(party: Party) -> Actor {
    match party {
        Party::Alice => Actor::Alice,
        Party::Bob => Actor::Bob,
        Party::Mallory => Actor::Mallory,
        Party::Council => Actor::Council,
        Party::Guardian => Actor::Guardian,
        Party::Treasury => Actor::Treasury,
        Party::Admin => Actor::Admin,
        Party::Reenterer => Actor::Reenterer,
        Party::Refuser => Actor::Refuser,
        _ => Actor::Zero,
    }
}

/// Constructs staking and makes the first calls, on the chain and in the model.
pub fn open_stage(chain: &mut Chain, suite: &Suite, crew: Crew, is_released: bool) -> Stage {
    suite.construct_staking(chain);
    let mut accounts = super::super::super::model::Accounts::default();
    for (party, takes_metis) in [
        (Party::PoolOne, true),
        (Party::PoolTwo, true),
        (Party::PoolThree, true),
        (Party::PoolFour, true),
        (Party::Fund, false),
        (Party::Reenterer, true),
        (Party::Refuser, false),
        (Party::Staking, false),
        (Party::Registry, false),
        (Party::Court, false),
        (Party::Quota, false),
    ] {
        accounts.insert(crew.address(party), Contract { confirms: false, takes_metis });
    }
    let programs = [Party::Staking, Party::Registry, Party::Court, Party::Quota];
    let deaf = [Party::Fund, Party::Refuser].into_iter().chain(programs);
    let mut model = Staking::new(crew.programs, chain.time(), chain.chain_id(), accounts);
    model.deaf = deaf.map(|party| crew.address(party)).collect();
    model.distributor = suite.distributor;
    model.quota = suite.quota;
    model.agreeable = crew.agreeable;
    model.authority = [suite.access_manager; 4];
    let mut stage = Stage {
        model,
        crew: Arc::new(crew),
        seen: SeenStaking::empty(),
        story: Story::default(),
        views: Views::default(),
    };
    for opening in openings(&stage) {
        let accepted = opening.send(chain, &mut stage);
        assert!(accepted || !is_released, "the release refuses an opening");
    }
    stage.look_at_all(chain);
    let story = &mut stage.story;
    story.registered = stage.model.sequencers.len() as u64;
    story.signers.clone_from(&stage.model.registry.signers);
    story.seconds = stage.seen.totals[5];
    let pools = Party::POOLS.into_iter().zip(&stage.seen.pools);
    story.pool_seconds = pools.map(|(pool, told)| (stage.crew.address(pool), told.2)).collect();
    stage
}

struct Opening {
    to: Part,
    caller: Party,
    value: U256,
    data: Vec<u8>,
}

impl Opening {
    /// Whether the program took it.
    fn send(self, chain: &mut Chain, stage: &mut Stage) -> bool {
        let Self { to, caller, value, data } = self;
        let caller = stage.crew.account(caller);
        let around = Surroundings { permission: Permission::Granted, fund_takes: true };
        stage.now(chain.time());
        let message = Message { to, caller: caller.address, value, data: &data, around: &around };
        let predicted = stage.model.call(&message);
        assert!(predicted.is_ok(), "the model refuses an opening: {predicted:?}");
        chain.send_raw(caller, stage.crew.program(to), data).value(value).run().is_ok()
    }
}

/// Three sequencers of two operators, a pool, and delegations: one is Active, one nearly, one only
/// has its bond. Grants that wait.
fn openings(stage: &Stage) -> Vec<Opening> {
    let crew = &stage.crew;
    let mut all = Vec::new();
    // Olga's second proof has her next nonce.
    let operators =
        [(Party::Olga, 0, 0, 5_000), (Party::Otto, 1, 0, 2_000), (Party::Olga, 2, 1, 3_000)];
    for (owner, signer, nonce, bond) in operators {
        let owner_address = crew.address(owner);
        let (key, proof, _) =
            proof(stage, signer, owner_address, U256::from(nonce), ProofFlaw::None);
        let register = Names::register_0Call {
            signer: super::super::super::encode::staking::signer(signer).address,
            key,
            rewardRecipient: owner_address,
            commissionBps: U256::from(1_000),
            proof: proof.into(),
        };
        all.push(Opening {
            to: Part::Registry,
            caller: owner,
            value: ether(bond),
            data: register.abi_encode(),
        });
    }
    let pool: Address = crew.address(Party::PoolOne);
    all.push(Opening {
        to: Part::Staking,
        caller: Party::Council,
        value: U256::ZERO,
        data: Money::registerPoolCall { pool }.abi_encode(),
    });
    // Grants wait for two days: until then a pool has what a quota that agrees let it have.
    let ask = |quota: Address| Opening {
        to: Part::Staking,
        caller: Party::Admin,
        value: U256::ZERO,
        data: Money::setQuotaCall { quota }.abi_encode(),
    };
    all.push(ask(crew.agreeable));
    let delegations = [
        (Party::Alice, 1_u64, 12_000),
        (Party::PoolOne, 1, 20_000),
        (Party::Bob, 2, 7_000),
        (Party::PoolOne, 2, 9_000),
    ];
    for (caller, id, assets) in delegations {
        let data = Money::delegateCall { id: U256::from(id) }.abi_encode();
        all.push(Opening { to: Part::Staking, caller, value: ether(assets), data });
    }
    all.push(ask(crew.program(Part::Quota)));
    let grants =
        [(Party::PoolOne, 1_u64, 50_000), (Party::PoolOne, 2, 30_000), (Party::PoolTwo, 1, 20_000)];
    for (pool, id, assets) in grants {
        let (pool, id, assets) = (crew.address(pool), U256::from(id), ether(assets));
        let data = Rule::setGrantCall { pool, id, assets }.abi_encode();
        all.push(Opening { to: Part::Quota, caller: Party::Council, value: U256::ZERO, data });
    }
    all
}
