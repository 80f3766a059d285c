use specimen::*;
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let n = |k: usize, d: f64| a.get(k).and_then(|s| s.parse::<f64>().ok()).unwrap_or(d);
    let (seed, w, h, px) = (n(1, 1.0) as u64, n(2, 170.0), n(3, 170.0), n(4, 2000.0) as usize);
    let d = [Difficulty::Easy, Difficulty::Medium, Difficulty::Hard][n(5, 0.0) as usize];
    let t = std::time::Instant::now();
    let board = Board::new(&BoardConfig { seed, size_mm: [w, h], ..BoardConfig::default() });
    let unit = board
        .unit(&UnitConfig { seed: n(6, 1.0) as u64, ..UnitConfig::default() })
        .with(Tampering::Added)
        .with(Tampering::Missing)
        .with(Tampering::Swapped);
    eprintln!("board {:?} parts {}", t.elapsed(), board.parts.len());
    let shot = photograph(&unit, &Camera::hand_held(n(7, 1.0) as u64, d), [px, px * 3 / 4]);
    eprintln!(
        "shot {:?} {} px/mm changes {:?}",
        t.elapsed(),
        shot.view.px_per_mm,
        unit.changes.iter().map(|c| (&c.part.name, c.tampering)).collect::<Vec<_>>()
    );
    std::fs::write("/tmp/sp/look.jpg", shot.jpeg(shot.quality)).unwrap();
}
