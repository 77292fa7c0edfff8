// SPDX-License-Identifier: GPL-3.0-or-later
/// What a file is by its first bytes, where it is something that is not read as it is.
struct FileKind {
  /// What it is and what to do, for a message.
  let advice: String

  /// Nil where the bytes begin as none of these.
  init?(_ bytes: [UInt8]) {
    let found = FileKind.known.first { bytes.count > $0.offset && bytes[$0.offset...].starts(with: $0.magic) }
    guard let found else { return nil }
    if found.magic == FileKind.zip, let sort = FileKind.sortOfZip(bytes) {
      advice = sort
    } else {
      advice = found.advice
    }
  }

  private static let zip: [UInt8] = [0x50, 0x4B, 3, 4]

  private static let known: [(magic: [UInt8], offset: Int, advice: String)] = [
    (Array("BZh".utf8), 0, "compressed with bzip2; decompress it first: bunzip2 FILE"),
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], 0, "compressed with xz; decompress it first: unxz FILE"),
    ([0x28, 0xB5, 0x2F, 0xFD], 0, "compressed with zstd; decompress it first: unzstd FILE"),
    ([4, 0x22, 0x4D, 0x18], 0, "compressed with lz4; decompress it first: unlz4 FILE"),
    ([0x1F, 0x9D], 0, "compressed with compress (.Z); decompress it first: uncompress FILE"),
    ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], 0, "a 7z archive; unpack it first: 7z x FILE"),
    (zip, 0, "a ZIP archive; unpack it first: unzip FILE"),
    ([0x50, 0x4B, 5, 6], 0, "an empty ZIP archive"),
    (Array("Rar!".utf8), 0, "a RAR archive; unpack it first"),
    (Array("ustar".utf8), 257, "a tar archive; unpack it first: tar xf FILE"),
    (Array("PAR1".utf8), 0, "a Parquet file; save it as CSV: pandas.read_parquet(FILE).to_csv(NAME)"),
    (Array("ARROW1".utf8), 0, "an Arrow file; save it as CSV: pandas.read_feather(FILE).to_csv(NAME)"),
    (Array("FEA1".utf8), 0, "a Feather file; save it as CSV: pandas.read_feather(FILE).to_csv(NAME)"),
    (
      [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A], 0, "an HDF5 file; save its tables as CSV or its arrays as .npy"
    ),
    (
      [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], 0, "an old Excel workbook (.xls); save the sheet as CSV (UTF-8)"
    ),
    (Array("MATLAB 5.0".utf8), 0, "a MATLAB file; save the table as CSV: writetable or writematrix"),
    (Array("RDX".utf8), 0, "an R workspace (.rda); save the table as CSV: write.csv(x, NAME)"),
    (Array("X\n\0\0\0".utf8), 0, "an R object (.rds); save the table as CSV: write.csv(readRDS(FILE), NAME)"),
    (Array("SQLite format 3".utf8), 0, "an SQLite database; save the table as CSV"),
    (Array("%PDF".utf8), 0, "a PDF document; a table is needed"),
    ([0x89, 0x50, 0x4E, 0x47], 0, "a PNG image; save the numbers as .npy or CSV"),
    ([0xFF, 0xD8, 0xFF], 0, "a JPEG image; save the numbers as .npy or CSV"),
    (Array("<!DOCTYPE html".utf8), 0, "a web page; fetch the file itself"),
    (Array("<!doctype html".utf8), 0, "a web page; fetch the file itself"),
    (Array("<html".utf8), 0, "a web page; fetch the file itself"),
    (Array("version https://git-lfs".utf8), 0, "a pointer of Git LFS; fetch the file itself: git lfs pull"),
    ([0x80, 2], 0, pickle), ([0x80, 3], 0, pickle), ([0x80, 4], 0, pickle), ([0x80, 5], 0, pickle),
    ([0xFF, 0xFE], 0, "text in UTF-16; save it as UTF-8 (in Excel: CSV UTF-8)"),
    ([0xFE, 0xFF], 0, "text in UTF-16; save it as UTF-8 (in Excel: CSV UTF-8)"),
  ]

  private static let pickle =
    "a Python pickle, which is a program and not run; save its tables as CSV or its arrays with numpy.save"

  /// What the first entry's name says of an archive.
  private static func sortOfZip(_ bytes: [UInt8]) -> String? {
    guard bytes.count > 30 else { return nil }
    let end = min(bytes.count, 30 + bytes.littleEndian(at: 26, size: 2))
    let name = String(decoding: bytes[30..<end], as: UTF8.self)
    if name == "[Content_Types].xml" || name.hasPrefix("xl/") || name.hasPrefix("_rels/") {
      return "an Excel workbook (.xlsx) or another Office document; save the sheet as CSV (UTF-8)"
    }
    if name == "mimetype" { return "an OpenDocument file; save the sheet as CSV" }
    if name.hasSuffix("data.pkl") { return "a file of PyTorch; save its arrays with numpy.save" }
    return nil
  }
}
