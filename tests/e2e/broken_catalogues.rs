//! Catalogues with something wrong about them are refused in words.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use boardwatch::report::{CatalogueSignature, PublicKey, SignatureBytes};
use boardwatch::vision::Sha256;
use serde_json::{Value, json};

use crate::bad_host::{Host, Manner};
use crate::browser::Browser;
use crate::library::{SHOWN, added, section, site};
use crate::world::journey;

/// The heart of a message that a host which lets nobody read and one that sends the browser on can't be told from.
const UNREADABLE: &str = "does not allow other sites to read the file (CORS)";

/// A site as files in memory, which can be changed so that its hashes still fit.
struct Files(BTreeMap<String, Vec<u8>>);

impl Files {
    fn of(folder: &Path) -> Self {
        let mut files = BTreeMap::new();
        let mut folders = vec![folder.to_owned()];
        while let Some(here) = folders.pop() {
            for entry in fs::read_dir(here).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let name = path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
                    files.insert(name, fs::read(&path).unwrap());
                }
            }
        }
        // Signed contents could not be changed.
        files.remove("catalog.sig");
        Self(files)
    }

    fn json(&self, path: &str) -> Value {
        serde_json::from_slice(&self.0[path]).unwrap()
    }

    fn index(mut self, change: impl FnOnce(&mut Value)) -> Self {
        let mut index = self.json("catalog.json");
        change(&mut index);
        self.0.insert("catalog.json".into(), index.to_string().into_bytes());
        self
    }

    /// The first board changed, and the catalogue's word of it with it.
    fn board(mut self, change: impl FnOnce(&mut Value)) -> Self {
        let path = self.json("catalog.json")["boards"][0]["file"]["path"].as_str().unwrap().to_owned();
        let mut board = self.json(&path);
        change(&mut board);
        let bytes = board.to_string().into_bytes();
        let (sha256, length) = (Sha256::of(&bytes).to_string(), bytes.len());
        self.0.insert(path, bytes);
        self.index(|index| {
            index["boards"][0]["file"]["sha256"] = json!(sha256);
            index["boards"][0]["file"]["bytes"] = json!(length);
        })
    }

    fn board_path(&self) -> String {
        self.json("catalog.json")["boards"][0]["file"]["path"].as_str().unwrap().to_owned()
    }

    /// The path of a reference's picture, and its bytes.
    fn picture(&self, place: usize) -> (String, Vec<u8>) {
        let path = self.board_path();
        let folder = path.rsplit_once('/').unwrap().0;
        let name = self.json(&path)["references"][place]["path"].as_str().unwrap().to_owned();
        let path = format!("{folder}/{name}");
        let bytes = self.0[&path].clone();
        (path, bytes)
    }
}

/// How far a person gets with a broken catalogue.
#[derive(Clone, Copy, PartialEq)]
enum Until {
    Catalogue,
    Board,
    Picture,
}

/// A broken catalogue: what is wrong, how it is served, how far one gets, and what is said.
struct Broken {
    what: &'static str,
    files: Files,
    manners: Vec<(String, Manner)>,
    until: Until,
    said: &'static str,
}

fn broken(site: &Path) -> Vec<Broken> {
    let files = || Files::of(site);
    let (first, text) = ("catalog.json".to_owned(), files().0["catalog.json"].clone());
    let mut all = Vec::new();
    let mut served = |what, until, path: &str, manner, said| {
        all.push(Broken { what, files: files(), manners: vec![(path.to_owned(), manner)], until, said });
    };
    use Until::{Board, Catalogue, Picture};
    served("no CORS", Catalogue, &first, Manner::NoCors(text.clone()), UNREADABLE);
    served("absent", Catalogue, &first, Manner::Status(404), "the host says 404");
    served("an error of the host", Catalogue, &first, Manner::Status(503), "the host says 503");
    served(
        "a redirect loop",
        Catalogue,
        &first,
        Manner::Redirect("catalog.json".into()),
        "sends the browser on to another address",
    );
    served("a redirect to another host", Catalogue, &first, Manner::Redirect("http://127.0.0.1:9/".into()), UNREADABLE);
    served("no answer", Catalogue, &first, Manner::Nothing, "does not answer");
    served("half of it", Catalogue, &first, Manner::Half(text.clone()), "broke off");
    served("endless", Catalogue, &first, Manner::Endless, "more than the 2 MB");
    served("a bomb", Catalogue, &first, Manner::Bomb(1000), "more than the 2 MB");
    served("HTML", Catalogue, &first, Manner::File(b"<!doctype html><title>Log in</title>".to_vec()), "can't be read");
    served("no text", Catalogue, &first, Manner::File(vec![0xff; 90]), "can't be read");
    served("empty", Catalogue, &first, Manner::File(Vec::new()), "can't be read");
    served("a silent host", Catalogue, &first, Manner::Silent, "sent nothing for 20 seconds");
    served("a broken signature", Catalogue, "catalog.sig", Manner::File(b"{}".to_vec()), "signature");
    let signature =
        |key: u8| CatalogueSignature { key: PublicKey([key; 32]), signature: SignatureBytes(([1; 32], [2; 32])) }.to_bytes();
    served("a key that fits anything", Catalogue, "catalog.sig", Manner::File(signature(0)), "signature");
    served("a signature of something else", Catalogue, "catalog.sig", Manner::File(signature(7)), "does not fit its contents");
    served("a slow signature", Catalogue, "catalog.sig", Manner::Trickle, "took longer than 20 seconds");
    let board = files().board_path();
    let other = files().json("catalog.json")["boards"][1]["file"]["path"].as_str().unwrap().to_owned();
    let (board_bytes, other_bytes) = (files().0[&board].clone(), files().0[&other].clone());
    let mut altered = board_bytes.clone();
    altered[20] ^= 1;
    served("an altered board", Board, &board, Manner::File(altered), "SHA-256 differs");
    served("another board's file", Board, &board, Manner::File(other_bytes), "was not used");
    served("a truncated board", Board, &board, Manner::File(board_bytes[..200].to_vec()), "it was cut off: 200 of");
    served("an endless board", Board, &board, Manner::Endless, "it has more than the");
    let ((path, bytes), (_, swapped)) = (files().picture(0), files().picture(1));
    let mut altered = bytes.clone();
    altered[bytes.len() / 2] ^= 1;
    let mut resized = swapped;
    resized.resize(bytes.len(), 0);
    served("an altered picture", Picture, &path, Manner::File(altered), "SHA-256 differs");
    served("a swapped picture", Picture, &path, Manner::File(resized), "SHA-256 differs");
    served("a truncated picture", Picture, &path, Manner::File(bytes[..bytes.len() / 2].to_vec()), "it was cut off");
    served("an endless picture", Picture, &path, Manner::Endless, "it has more than the");
    served("no picture any more", Picture, &path, Manner::Status(410), "the host says 410");
    let mut changed = |what, until, files, said| all.push(Broken { what, files, manners: Vec::new(), until, said });
    changed(
        "another format",
        Catalogue,
        files().index(|index| index["format"] = json!("boardwatch-board")),
        "is no boardwatch-catalogue",
    );
    changed("a newer version", Catalogue, files().index(|index| index["version"] = json!(2)), "version 2");
    let up = |index: &mut Value| index["boards"][0]["file"]["path"] = json!("../../secret.json");
    changed("a path that leads out", Catalogue, files().index(up), "does not stay inside its folder");
    let twice = |index: &mut Value| index["boards"][1]["id"] = index["boards"][0]["id"].clone();
    changed("a board twice", Catalogue, files().index(twice), "twice");
    changed(
        "a title that turns the text round",
        Catalogue,
        files().index(|index| index["title"] = json!("a\u{202e}b")),
        "can't be shown",
    );
    let many = |index: &mut Value| index["boards"] = json!(vec![index["boards"][0].clone(); 5001]);
    changed("too many boards", Catalogue, files().index(many), "5001 boards");
    changed(
        "a board under another name",
        Board,
        files().board(|board| board["id"] = json!("somebody-else")),
        "do not belong together",
    );
    let reference = |field: &'static str, value: Value| move |board: &mut Value| board["references"][0][field] = value;
    let without = |board: &mut Value| drop(board["references"][0].as_object_mut().unwrap().remove("licence"));
    changed("no licence", Board, files().board(without), "licence");
    changed("a licence that is none", Board, files().board(reference("licence", json!("<ask me>"))), "no SPDX expression");
    changed("an unknown variant", Board, files().board(reference("variant", json!("gold"))), "assembly variant");
    changed("an impossible scale", Board, files().board(reference("px_per_mm", json!(-1))), "can't be right");
    changed(
        "a picture twice",
        Board,
        files().board(|board| board["references"][1]["sha256"] = board["references"][0]["sha256"].clone()),
        "twice",
    );
    changed(
        "other dimensions",
        Picture,
        files().board(reference("width", json!(1281))),
        "1280 × 960 pixels, and the catalogue says 1281 × 960",
    );
    let mut page = files();
    page.0.insert(path, b"<!doctype html>".to_vec());
    let html = Sha256::of(b"<!doctype html>").to_string();
    let page = page.board(move |board| {
        board["references"][0]["sha256"] = json!(html);
        board["references"][0]["bytes"] = json!(15);
    });
    changed("a page instead of a picture", Picture, page, "was not used. ");
    all
}

/// Walks into the broken catalogue until something is said; what that is.
async fn refused(page: &Browser, address: &str, until: Until) -> String {
    let section = section(address);
    if until == Until::Catalogue {
        return page.text(&format!("{section} .banner")).await;
    }
    page.click(&format!("{section} .case-card button")).await;
    if until == Until::Board {
        let said = page.text(".board-page .banner").await;
        assert_eq!(page.count(".reference").await, 0, "{said}");
        page.click("#leave-library").await;
        return said;
    }
    page.click("#use-references").await;
    let said = page.text(".notice").await;
    assert_eq!(page.count("#known-good canvas").await, 0, "{said}");
    page.click(".notice button").await;
    page.click("#library").await;
    said
}

#[test]
fn a_broken_catalogue_is_refused_in_words() {
    journey("a_broken_catalogue_is_refused_in_words", async |world| {
        let cases = broken(&site("broken", 2, "https://boards.example/new"));
        assert!(cases.len() >= 30, "{} cases", cases.len());
        let host = Host::start();
        let page = world.browser().await;
        page.open("#library").await;
        for (number, case) in cases.into_iter().enumerate() {
            let Broken { what, files, manners, until, said } = case;
            for (path, bytes) in files.0 {
                host.puts(&format!("{number}/{path}"), Manner::File(bytes));
            }
            for (path, manner) in manners {
                host.puts(&format!("{number}/{path}"), manner);
            }
            let address = host.url(&format!("{number}/catalog.json"));
            added(&page, &address).await;
            // The host is agreed to with its first catalogue, and again when the last one is gone.
            page.click("#agree").await;
            let wanted = if until == Until::Catalogue { ".banner" } else { ".case-card" };
            page.wait_for(&format!("{} {wanted}", section(&address)), SHOWN).await;
            let found = refused(&page, &address, until).await;
            println!("{what}: {found}");
            assert!(found.contains(said), "{what}: {found}");
            if number == 0 {
                page.screenshot("refused").await;
            }
            page.click(&format!("{} header button", section(&address))).await;
            page.eval("document.querySelector('#catalogue-address').value = ''").await;
        }
        for head in host.asked() {
            let head = head.to_lowercase();
            assert!(!head.contains("cookie:") && !head.contains("referer:") && !head.contains("authorization:"), "{head}");
        }
        // The browser itself complains of what it was not allowed to read, and of answers that broke off.
        drop(page.complaints().await);
    });
}
