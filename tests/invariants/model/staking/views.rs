//! What the programs tell.

use alloy_primitives::{Address, B256, U256};
use alloy_sol_types::SolValue;

use super::super::Prediction;
use super::abi::Value;
use super::books::{self, Status};
use super::court::State;
use super::{Part, Position, Side, Staking, seconds};

impl Staking {
    pub(super) fn view(&self, part: Part, signature: &str, a: &[Value]) -> Prediction {
        Ok(match (part, signature) {
            (_, "authority()") => self.authority[part as usize].abi_encode(),
            (_, "isConsumingScheduledOp()") => B256::ZERO.abi_encode(),
            (Part::Staking, _) => self.staking_view(signature, a),
            (_, "staking()") => self.address(Part::Staking).abi_encode(),
            (Part::Registry, _) => self.registry_view(signature, a),
            (Part::Court, _) => self.court_view(signature, a),
            (Part::Quota, _) => return self.quota_view(signature, a),
        })
    }

    fn staking_view(&self, signature: &str, a: &[Value]) -> Vec<u8> {
        match signature {
            "totals()" => {
                let seconds = self.total.seconds(self.now);
                let (stake, bonds, pooled) = (self.total.stake, self.bonds, self.pooled);
                (stake, bonds, pooled, self.ledger, self.slashed, seconds).abi_encode_params()
            }
            "poolOf(address)" => {
                let pool = a[0].address();
                let weight = self.pool_weights.get(&pool).copied().unwrap_or_default();
                let seconds = weight.seconds(self.now);
                (self.pools.contains(&pool), weight.stake, seconds).abi_encode_params()
            }
            "pools()" => self.pools.abi_encode(),
            "live()" => self.live.iter().map(|id| U256::from(*id)).collect::<Vec<_>>().abi_encode(),
            "count()" => U256::from(self.sequencers.len()).abi_encode(),
            "groupStake(uint256)" => {
                let group = u64::try_from(a[0].word()).unwrap_or_default();
                self.stake_of_group(group).abi_encode()
            }
            "parameters()" => {
                let rules = &self.rules;
                let bond = (rules.min_bond, rules.min_bond_bps);
                (rules.threshold, rules.max_lock, bond.0, bond.1, seconds(rules.period))
                    .abi_encode_params()
            }
            "programs()" => {
                let [_, registry, court, _] = self.addresses;
                (registry, court, self.distributor, self.quota).abi_encode_params()
            }
            "pausedUntil()" => seconds(self.paused_until()).abi_encode(),
            "nextPause()" => seconds(self.next_pause()).abi_encode(),
            "position(address,uint256)" => self.position_view(a[0].address(), a[1].word()),
            "earned(address,uint256)" => self.earned(a[0].address(), a[1].word()).abi_encode(),
            "entry(address,uint256,uint256)" => {
                self.entry_view(a[0].address(), a[1].word(), a[2].word())
            }
            _ => self.sequencer_view(signature, a),
        }
    }

    fn sequencer_view(&self, signature: &str, a: &[Value]) -> Vec<u8> {
        let found = self.sequencer(a[0].word());
        let none = super::Sequencer::default();
        let sequencer = found.unwrap_or(&none);
        let status = match found {
            None => Status::None,
            Some(found) => found.status(&self.rules),
        };
        let status = U256::from(status as u8);
        match signature {
            "status(uint256)" => status.abi_encode(),
            "sequencer(uint256)" => [
                status,
                sequencer.bond,
                sequencer.delegated,
                sequencer.shares,
                sequencer.direct_shares,
                U256::from(sequencer.nonce),
                U256::from(sequencer.group),
                sequencer.commission,
                seconds(sequencer.registered),
                seconds(sequencer.jailed_until),
                seconds(sequencer.inactive_since),
                U256::from(sequencer.latest),
            ]
            .abi_encode(),
            "ownerOf(uint256)" => sequencer.owner.abi_encode(),
            "pendingOwnerOf(uint256)" => sequencer.pending_owner.abi_encode(),
            "rewardRecipientOf(uint256)" => sequencer.recipient.abi_encode(),
            "rewards(uint256)" => {
                let mut now = sequencer.clone();
                let pending = now.pending;
                now.touch();
                (
                    now.operator,
                    now.waiting(),
                    now.parked_delegators,
                    pending,
                    now.delegators,
                    now.index,
                )
                    .abi_encode_params()
            }
            "bucket(uint256,uint256)" => {
                let number = u64::from(u32::try_from(a[1].word()).unwrap_or_default());
                let bucket = sequencer.buckets.get(&number).copied().unwrap_or_default();
                let [delegations, bond] = bucket.sides;
                [
                    seconds(books::matures(number)),
                    U256::from(bucket.previous),
                    delegations.nominal,
                    delegations.assets,
                    delegations.paid,
                    bond.nominal,
                    bond.assets,
                    bond.paid,
                ]
                .abi_encode()
            }
            "holdOf(uint256)" => {
                let Some(hold) = sequencer.held(self.now) else {
                    return [U256::ZERO; 7].abi_encode();
                };
                let amounts =
                    [hold.bond_loss, hold.delegated_loss, hold.bond_scope, hold.delegated_scope];
                let times = [hold.fault, hold.at, hold.until].map(seconds);
                (amounts, times).abi_encode()
            }
            other => panic!("the model knows no view {other} of staking"),
        }
    }

    fn position_view(&self, account: Address, id: U256) -> Vec<u8> {
        let (Some(sequencer), Some(position)) = (self.sequencer(id), self.position(account, id))
        else {
            return (U256::ZERO, U256::ZERO, false).abi_encode_params();
        };
        let worth = sequencer.worth(position.shares);
        (position.shares, worth, position.pooled).abi_encode_params()
    }

    pub fn position(&self, account: Address, id: U256) -> Option<&Position> {
        self.positions.get(&(account, u64::try_from(id).ok()?))
    }

    /// What an account has earned with a sequencer.
    pub fn earned(&self, account: Address, id: U256) -> U256 {
        let (Some(sequencer), Some(position)) = (self.sequencer(id), self.position(account, id))
        else {
            return U256::ZERO;
        };
        let mut now = sequencer.clone();
        now.touch();
        position.earned(now.index)
    }

    fn entry_view(&self, account: Address, id: U256, number: U256) -> Vec<u8> {
        let mut sums = [U256::ZERO; 3];
        let place = |id: U256| u64::try_from(id).ok();
        if let (Some(known), Some(number)) = (place(id), place(number)) {
            for side in Side::ALL {
                let Some(entry) = self.entries.get(&(account, known, number, side)) else {
                    continue;
                };
                let claimable = self.claimable(account, known, number, side);
                for (sum, part) in sums.iter_mut().zip([entry.nominal, entry.claimed, claimable]) {
                    *sum += part;
                }
            }
        }
        sums.abi_encode()
    }

    fn registry_view(&self, signature: &str, a: &[Value]) -> Vec<u8> {
        let registry = &self.registry;
        let identity = |id: U256| {
            let place = usize::try_from(id).ok().and_then(|id| id.checked_sub(1));
            place.and_then(|place| registry.identities.get(place)).copied().unwrap_or_default()
        };
        match signature {
            "idOf(address)" => {
                let id = registry.signers.get(&a[0].address()).copied().unwrap_or_default();
                U256::from(id).abi_encode()
            }
            "signerOf(uint256)" => {
                let found = identity(a[0].word());
                (found.signer, found.key, seconds(found.changed)).abi_encode_params()
            }
            "announced(uint256)" => {
                let (commission, due) = identity(a[0].word()).open(self.now).unwrap_or_default();
                (commission, seconds(due)).abi_encode_params()
            }
            "nonces(address)" => seconds(registry.nonce(a[0].address())).abi_encode(),
            "maxCommission()" => registry.max_commission.abi_encode(),
            "DOMAIN_SEPARATOR()" => self.domain().abi_encode(),
            "eip712Domain()" => {
                let mut fields = [0; 32];
                fields[0] = 0x0f;
                let name = super::REGISTRY_NAME.to_string();
                let chain_id = U256::from(self.chain_id);
                let (contract, salt) = (self.address(Part::Registry), B256::ZERO);
                let none = Vec::<U256>::new();
                let domain =
                    (B256::from(fields), name, "1".to_string(), chain_id, contract, salt, none);
                domain.abi_encode_params()
            }
            other => panic!("the model knows no view {other} of the registry"),
        }
    }

    fn court_view(&self, signature: &str, a: &[Value]) -> Vec<u8> {
        let court = &self.court;
        let proposal = |word: U256| court.at(u64::try_from(word).unwrap_or_default());
        match signature {
            "proposalOf(uint256)" => {
                let found = proposal(a[0].word()).cloned().unwrap_or_default();
                let state = U256::from(found.state_at(self.now) as u8);
                let id = U256::from(found.id);
                let times = [found.veto_until, found.execute_until].map(seconds);
                let fault = (seconds(found.fault), found.evidence);
                (state, id, found.slasher, found.bps, fault, times).abi_encode()
            }
            "pendingOf(uint256)" => {
                let id = u64::try_from(a[0].word()).unwrap_or_default();
                let number = court.unfinished(id);
                let pending = |number: &u64| {
                    let found = court.at(*number);
                    found.is_some_and(|found| found.state_at(self.now) == State::Pending)
                };
                U256::from(Some(number).filter(pending).unwrap_or_default()).abi_encode()
            }
            "count()" => U256::from(court.proposals.len()).abi_encode(),
            "proposalOfEvidence(bytes32)" => {
                let number = court.evidence.get(&B256::from(a[0].word())).copied();
                U256::from(number.unwrap_or_default()).abi_encode()
            }
            "roomOf(uint256)" => match self.sequencer(a[0].word()) {
                None => court.times.max_slash.abi_encode(),
                Some(_) => court.room(a[0].word().to(), self.now).abi_encode(),
            },
            "barredUntil(address,uint256)" => {
                let id = u64::try_from(a[1].word()).unwrap_or_default();
                let until = court.barred.get(&(a[0].address(), id)).copied().unwrap_or_default();
                seconds(if self.now < until { until } else { 0 }).abi_encode()
            }
            "lossOf(address)" => {
                let pool = a[0].address();
                (court.provisioned(pool), court.realised(pool)).abi_encode_params()
            }
            "provisionOf(uint256,address)" => {
                let found = proposal(a[0].word()).filter(|found| found.state == State::Pending);
                let part = found.map(|found| found.provision(a[1].address()));
                part.unwrap_or_default().abi_encode()
            }
            "parameters()" => {
                let times = &court.times;
                let terms = [times.veto_window, times.execute_grace, times.max_jail].map(seconds);
                (terms, times.max_slash).abi_encode()
            }
            other => panic!("the model knows no view {other} of the court"),
        }
    }
}
