//! What makes the token eMETIS.

use emetis_common::{eip712::Domain, erc20::Token, word::ShortText};

/// eMETIS.
#[derive(Debug)]
pub(crate) struct LiquidMetis;

impl Token for LiquidMetis {
    const DOMAIN: Domain = Domain::new("Liquid METIS", "1");
    const SYMBOL: ShortText = ShortText::new("eMETIS");
    const DECIMALS: u64 = 18;
}
