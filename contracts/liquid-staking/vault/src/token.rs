//! What makes the token seMETIS.

use emetis_common::{eip712::Domain, erc20::Token, word::ShortText};

/// seMETIS.
#[derive(Debug)]
pub(crate) struct StakedMetis;

impl Token for StakedMetis {
    const DOMAIN: Domain = Domain::new("Staked eMETIS", "1");
    const SYMBOL: ShortText = ShortText::new("seMETIS");
    const DECIMALS: u64 = 24;
}
