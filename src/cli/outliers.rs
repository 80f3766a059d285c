//! `boardwatch outliers`: boards of one kind among each other, when nobody has a reference.

use std::path::{Path, PathBuf};

use super::arguments::OutliersOrder;
use super::compare::{keep_inputs, listed, write_json};
use super::files::read_picture;
use super::threads;
use crate::vision::{
    ConsensusConfig, ExamineConfig, Files, Ignore, KeptOut, Mutual, MutualReference, Verdict, compare_references_together,
};

/// Compares the pictures with each other and says which stands apart; true when one does, when two differ, or when some show different boards.
pub(super) fn perform(order: &OutliersOrder) -> Result<bool, String> {
    if let Some(out) = &order.json {
        keep_inputs(out, order.pictures.iter().map(PathBuf::as_path))?;
    }
    let files = order.pictures.iter().map(|path| read_picture(path)).collect::<Result<Vec<_>, _>>()?;
    let pictures: Vec<&[u8]> = files.iter().map(Vec::as_slice).collect();
    let consensus = ConsensusConfig { most_crossed: pictures.len(), ..ConsensusConfig::default() };
    let config = ExamineConfig { consensus, ..ExamineConfig::default() };
    let compared = threads::together(order.threads, &mut Ignore, async |watch, crew| {
        compare_references_together(&Files::of(&[], &pictures), &config, watch, crew).await
    });
    let mutual = compared.map_err(|error| error.to_string())?;
    if let Some(path) = &order.json {
        write_json(path, &mutual)?;
    }
    if order.json.as_deref() != Some(Path::new("-")) {
        print!("{}", summary(&order.pictures, &mutual));
    }
    let is_pair = mutual.references.len() == 2;
    let stands_apart = |MutualReference { standing, .. }: &MutualReference| {
        standing.kept_out.is_some() || is_pair && !standing.odd_places.is_empty()
    };
    let is_alone = |number: usize| 2 * friends(&mutual, number) < mutual.references.len() - 1;
    Ok((0..mutual.references.len()).any(is_alone) || mutual.references.iter().any(stands_apart))
}

/// How many of the others a picture lies on, or lie on it.
fn friends(mutual: &Mutual, number: usize) -> usize {
    let mut pairs = mutual.pairs.iter().filter(|pair| pair.laid == number || pair.on == number);
    pairs.by_ref().filter(|pair| pair.verdict != Verdict::Refused).count()
}

/// The result as a person reads it.
fn summary(paths: &[PathBuf], mutual: &Mutual) -> String {
    let (others, many) = (mutual.references.len() - 1, mutual.references.len() > 2);
    let aligned = mutual.pairs.iter().filter(|pair| pair.verdict != Verdict::Refused).count();
    let mut text = format!("{} of {} pairs lie on one another.\n", aligned, mutual.pairs.len());
    if aligned == 0 {
        return text + "Nobody can tell which of them show the same board.\n";
    }
    for (number, (path, MutualReference { standing, .. })) in paths.iter().zip(&mutual.references).enumerate() {
        let (known, count) = (friends(mutual, number), standing.odd_places.len());
        let places = if count == 1 { "1 place".to_owned() } else { format!("{count} places") };
        let said = match standing.kept_out {
            _ if known == 0 => {
                "lies on none of the others: another board or revision, or a photo that shows too little.".to_owned()
            }
            None if 2 * known < others => {
                format!(
                    "could be compared with {known} of the {others} others only; nobody can tell which of them belong together."
                )
            }
            Some(KeptOut::OtherBoard) => "does not lie on most of the others: another board or revision.".to_owned(),
            Some(KeptOut::OddOneOut) => format!("stands apart: it has something at {places} that none of the others has."),
            None if count == 0 => "agrees with the others.".to_owned(),
            None if many => format!("differs from most of the others at {places}, not surely."),
            None => format!("differs from the other at {places}; of two nobody can tell which is odd."),
        };
        text += &format!("{}: {said}\n", path.display());
        text += &listed(&standing.odd_places, 1);
    }
    text + "What all of them have is no difference: that they agree does not say that they are good.\n"
}
