//! A part: what it is and where it sits.

/// Size code of a two-terminal chip, in hundredths of an inch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChipSize {
    /// 1.0 × 0.5 mm.
    C0402,
    /// 1.6 × 0.8 mm.
    C0603,
    /// 2.0 × 1.25 mm.
    C0805,
    /// 3.2 × 1.6 mm.
    C1206,
}

impl ChipSize {
    /// Length and width, in mm.
    #[must_use]
    pub fn size_mm(self) -> [f64; 2] {
        match self {
            Self::C0402 => [1.0, 0.5],
            Self::C0603 => [1.6, 0.8],
            Self::C0805 => [2.0, 1.25],
            Self::C1206 => [3.2, 1.6],
        }
    }
}

/// What a two-terminal chip is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChipFamily {
    /// Black on white, with a code on the larger ones.
    Resistor,
    /// Brown ceramic; the shade is the lot's.
    Capacitor,
    /// Dark grey.
    Ferrite,
    /// A light-emitting diode.
    Led,
}

/// A kind of part; lengths in mm.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    /// A resistor, capacitor, ferrite or diode.
    Chip(ChipSize, ChipFamily),
    /// Leads along two sides (SOIC, TSSOP).
    Dual {
        /// Width and length of the body.
        body: [f64; 2],
        /// Leads on each side.
        leads: usize,
    },
    /// Leads (QFP) or flat contacts (QFN) along four sides.
    Quad {
        /// Side of the body.
        side: f64,
        /// Contacts on each side.
        leads: usize,
        /// True where leads stand out.
        gull_wing: bool,
    },
    /// Balls underneath, a bare die or mould on top.
    BallGrid {
        /// Side of the substrate.
        side: f64,
        /// True where the die is bare.
        bare_die: bool,
    },
    /// Three leads (SOT-23).
    Transistor,
    /// A power transistor in a flat 5 × 6 mm package.
    PowerTransistor,
    /// An aluminium can on a black base.
    Electrolytic {
        /// Of the can.
        diameter: f64,
        /// Above the board.
        height: f64,
    },
    /// A moulded tantalum capacitor.
    Tantalum,
    /// A pressed power inductor.
    Inductor {
        /// Of its square.
        side: f64,
        /// Above the board.
        height: f64,
    },
    /// A quartz in a metal can.
    Crystal,
    /// A coin cell in its holder.
    Battery,
    /// Finned aluminium.
    HeatSink {
        /// Width, depth, height.
        size: [f64; 3],
    },
    /// A tin box with holes over a radio circuit.
    Shield {
        /// Width and depth.
        size: [f64; 2],
    },
    /// Open pins.
    Header {
        /// Pins along.
        columns: usize,
        /// Pins across.
        rows: usize,
    },
    /// An expansion slot.
    Slot {
        /// Along the slot.
        length: f64,
    },
    /// A memory socket with latches.
    MemorySocket {
        /// Along the socket.
        length: f64,
    },
    /// A storage connector at the edge.
    Storage,
    /// A metal port that looks out of the case.
    Port {
        /// Width, depth, height.
        size: [f64; 3],
    },
    /// The large power plug: two rows of chambers.
    PowerPlug {
        /// Chambers along.
        columns: usize,
    },
    /// A processor socket.
    Socket {
        /// Of its square.
        side: f64,
    },
    /// An insulated wire from one joint to another, over whatever lies between them.
    Wire {
        /// From joint to joint.
        length: f64,
    },
    /// A place where a track was scraped away, down to the laminate.
    Cut {
        /// Along the track.
        length: f64,
    },
    /// Solder that joins what should be apart.
    Bridge {
        /// Of the drop.
        diameter: f64,
    },
    /// A bare block of ceramic, square from above: for asking how small a part can be.
    Block {
        /// Of its square.
        side: f64,
    },
}

impl Kind {
    /// Width, depth and height over everything, leads included, in mm.
    #[must_use]
    pub fn extent_mm(&self) -> [f64; 3] {
        match *self {
            Self::Chip(size, family) => {
                let [length, width] = size.size_mm();
                let height = match family {
                    ChipFamily::Resistor => 0.2 + 0.22 * width,
                    ChipFamily::Capacitor => 0.95 * width.min(1.3),
                    ChipFamily::Ferrite | ChipFamily::Led => 0.75 * width.min(1.3),
                };
                [length, width, height]
            }
            Self::Dual { body: [width, length], .. } => [width + 2.0, length, if width > 3.5 { 1.6 } else { 1.1 }],
            Self::Quad { side, gull_wing: true, .. } => [side + 2.0, side + 2.0, 1.5],
            Self::Quad { side, .. } => [side, side, 0.9],
            Self::BallGrid { side, bare_die } => [side, side, if bare_die { 1.9 } else { 1.4 }],
            Self::Transistor => [2.5, 2.9, 1.1],
            Self::PowerTransistor => [5.2, 6.2, 1.0],
            Self::Electrolytic { diameter, height } => [diameter + 0.4, diameter + 0.4, height],
            Self::Tantalum => [3.5, 2.8, 1.9],
            Self::Inductor { side, height } => [side, side, height],
            Self::Crystal => [11.0, 4.6, 3.6],
            Self::Battery => [23.0, 21.0, 5.4],
            Self::HeatSink { size } | Self::Port { size } => size,
            Self::Shield { size: [w, d] } => [w, d, 2.4],
            Self::Header { columns, rows } => [columns as f64 * 2.54, rows as f64 * 2.54, 8.5],
            Self::Slot { length } => [length, 7.4, 11.0],
            Self::MemorySocket { length } => [length, 6.6, 9.5],
            Self::Storage => [16.5, 6.4, 8.4],
            Self::PowerPlug { columns } => [columns as f64 * 4.2 + 1.4, 9.8, 12.5],
            Self::Socket { side } => [side, side, 5.0],
            Self::Wire { length } => [length, 0.9, 2.0],
            Self::Cut { length } => [length, 0.5, 0.02],
            Self::Bridge { diameter } => [diameter, diameter, 0.35],
            Self::Block { side } => [side, side, (side / 2.0).min(1.0)],
        }
    }

    /// A short word for it, as in lists of parts.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Chip(_, ChipFamily::Resistor) => "resistor",
            Self::Chip(_, ChipFamily::Capacitor) => "capacitor",
            Self::Chip(_, ChipFamily::Ferrite) => "ferrite",
            Self::Chip(_, ChipFamily::Led) => "led",
            Self::Dual { .. } => "so",
            Self::Quad { gull_wing: true, .. } => "qfp",
            Self::Quad { .. } => "qfn",
            Self::BallGrid { .. } => "bga",
            Self::Transistor => "sot",
            Self::PowerTransistor => "powerpak",
            Self::Electrolytic { .. } => "electrolytic",
            Self::Tantalum => "tantalum",
            Self::Inductor { .. } => "inductor",
            Self::Crystal => "crystal",
            Self::Battery => "battery",
            Self::HeatSink { .. } => "heatsink",
            Self::Shield { .. } => "shield",
            Self::Header { .. } => "header",
            Self::Slot { .. } => "slot",
            Self::MemorySocket { .. } => "dimm",
            Self::Storage => "sata",
            Self::Port { .. } => "metalbox",
            Self::PowerPlug { .. } => "atx",
            Self::Socket { .. } => "socket",
            Self::Wire { .. } => "wire",
            Self::Cut { .. } => "cut",
            Self::Bridge { .. } => "bridge",
            Self::Block { .. } => "block",
        }
    }

    /// The letters its name begins with.
    pub(crate) fn prefix(&self) -> &'static str {
        match self {
            Self::Chip(_, ChipFamily::Resistor) => "R",
            Self::Chip(_, ChipFamily::Capacitor) => "C",
            Self::Chip(_, ChipFamily::Ferrite) => "FB",
            Self::Chip(_, ChipFamily::Led) => "D",
            Self::Dual { .. } | Self::Quad { .. } | Self::BallGrid { .. } => "U",
            Self::Transistor | Self::PowerTransistor => "Q",
            Self::Electrolytic { .. } => "EC",
            Self::Tantalum => "TC",
            Self::Inductor { .. } => "L",
            Self::Crystal => "Y",
            Self::Battery => "BAT",
            Self::HeatSink { .. } => "HS",
            Self::Shield { .. } => "SH",
            Self::Header { .. } => "JP",
            Self::Slot { .. } => "PCIE",
            Self::MemorySocket { .. } => "DIMM",
            Self::Storage => "SATA",
            Self::Port { .. } => "J",
            Self::PowerPlug { .. } => "ATX",
            Self::Socket { .. } => "CPU",
            Self::Wire { .. } | Self::Cut { .. } | Self::Bridge { .. } | Self::Block { .. } => "W",
        }
    }

    /// True for what carries a maker's marking on its top.
    pub(crate) fn is_marked_chip(&self) -> bool {
        matches!(self, Self::Dual { .. } | Self::Quad { .. } | Self::BallGrid { .. } | Self::PowerTransistor)
    }
}

/// A part on a board.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Its designator, such as `R12`.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// Where its footprint's middle is, in mm from the board's upper left corner.
    pub centre: [f64; 2],
    /// Quarter turns, clockwise on the picture.
    pub quarters: u8,
    /// False where the footprint stays empty.
    pub populated: bool,
    /// How far it was placed beside its footprint, in mm.
    pub(crate) nudge: [f64; 2],
    /// How far it is turned beside its quarter turns: the sine of a small angle.
    pub(crate) skew: f64,
    /// Parts from one reel look the same.
    pub(crate) lot: u64,
    /// Lines printed on it.
    pub(crate) marking: Vec<String>,
    /// Brightness beside other parts of its kind.
    pub(crate) shade: f32,
}

impl Part {
    pub(crate) fn new(kind: Kind, centre: [f64; 2], quarters: u8) -> Self {
        let (name, marking) = (String::new(), Vec::new());
        Self { name, kind, centre, quarters, populated: true, nudge: [0.0; 2], skew: 0.0, lot: 0, marking, shade: 1.0 }
    }

    /// Cosine and sine of the footprint's rotation.
    pub(crate) fn footprint_turn(&self) -> [f64; 2] {
        [[1.0, 0.0], [0.0, 1.0], [-1.0, 0.0], [0.0, -1.0]][usize::from(self.quarters % 4)]
    }

    /// Cosine and sine of the part's own rotation.
    pub(crate) fn turn(&self) -> [f64; 2] {
        let ([c, s], sine) = (self.footprint_turn(), self.skew);
        let cosine = (1.0 - sine * sine).sqrt();
        [c * cosine - s * sine, s * cosine + c * sine]
    }

    /// Half width and half depth of its place on the board, in mm.
    pub(crate) fn half_place(&self) -> [f64; 2] {
        let [w, d, _] = self.kind.extent_mm();
        if self.quarters.is_multiple_of(2) { [w / 2.0, d / 2.0] } else { [d / 2.0, w / 2.0] }
    }

    /// A point of its own frame on the board, where it really sits.
    pub(crate) fn place(&self, [u, v]: [f64; 2]) -> [f64; 2] {
        let [c, s] = self.turn();
        [self.centre[0] + self.nudge[0] + u * c - v * s, self.centre[1] + self.nudge[1] + u * s + v * c]
    }

    /// The eight corners of the box around it, in mm.
    pub(crate) fn corners(&self) -> [[f64; 3]; 8] {
        let [w, d, h] = self.kind.extent_mm();
        std::array::from_fn(|k| {
            let [u, v] = [if k & 1 == 0 { -w / 2.0 } else { w / 2.0 }, if k & 2 == 0 { -d / 2.0 } else { d / 2.0 }];
            let [x, y] = self.place([u, v]);
            [x, y, if k & 4 == 0 { 0.0 } else { h }]
        })
    }
}
