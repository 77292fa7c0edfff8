// SPDX-License-Identifier: GPL-3.0-or-later
import DataTables
import Foundation
import Testing

@testable import Datasets

/// Files as other programs write them: one reader for all, and what is none is named.
@Suite struct FileFormatTests {
  static let tables = [
    "plain.csv", "excel-german.csv", "excel-macintosh.csv", "tabs.tsv", "pandas.csv", "r-write-csv.csv",
    "r-write-table.txt",
  ]

  @Test(arguments: tables) func oneTableInEverySpelling(name: String) throws {
    let table = try DataFile(Fixture.path("formats/" + name)).table()
    #expect(try table.doubles(in: "x") == [0.5, 12.75, 1000.5] && table.doubles(in: "y") == [-1.25, 3, 0.125])
    let third = name == "tabs.tsv" ? "d e" : "d \"e\""
    #expect(try table.texts(in: "name") == ["a", "b, c", third])
    #expect(try table.columns(of: ColumnList("x..y")) == ["x", "name", "y"])
  }

  @Test(arguments: [
    ("plain.csv", nil), ("excel-german.csv", "separator ';', decimal comma"), ("tabs.tsv", "separator tab"),
    ("pandas.csv", nil), ("r-write-table.txt", "separator blanks, names of the rows before the first column"),
  ])
  func theSpellingIsTold(name: String, spelling: String?) throws {
    #expect(try DataFile(Fixture.path("formats/" + name)).table().spelling == spelling)
  }

  /// No file that is cut off or changed ends the program, and where the numbers are read they are as many as rows.
  @Test(arguments: tables) func brokenTablesAreErrors(name: String) throws {
    let bytes = try Fixture.bytes(name)
    func read(_ bytes: [UInt8]) {
      do {
        let table = try DataTable(bytes: bytes)
        for column in table.columns where !column.isEmpty {
          if let texts = try? table.texts(in: column) { #expect(texts.count == table.rowCount) }
          _ = try? table.doubles(in: column)
        }
        _ = table.spelling
      } catch { #expect("\(error)".utf8.count <= 500, "\(error)") }
    }
    for size in bytes.indices { read(Array(bytes[..<size])) }
    for position in bytes.indices {
      for value: UInt8 in [0, 0x09, 0x0A, 0x0D, 0x20, 0x22, 0x2C, 0x2E, 0x3B, 0x5C, 0x7C, 0x80, 0xFF] {
        var changed = bytes
        changed[position] = value
        read(changed)
      }
    }
  }

  @Test(arguments: [
    ("foreign.bz2", "bzip2", "bunzip2"), ("foreign.xz", "xz", "unxz"), ("foreign.zip", "ZIP archive", "unzip"),
    ("foreign.xlsx", "Excel workbook", "CSV"), ("foreign.pickle", "pickle", "program"),
    ("utf16.csv", "UTF-16", "UTF-8"),
  ])
  func otherFilesAreNamed(name: String, what: String, advice: String) throws {
    let error = Fixture.error(DataFileError.self) { try DataFile(Fixture.path("formats/" + name)).table() }
    #expect(error?.description.contains(what) == true && error?.description.contains(advice) == true, "\(error as Any)")
  }

  /// Kinds whose writers are not at hand, by the first bytes that their specifications fix.
  @Test(
    arguments: [
      ([0x28, 0xB5, 0x2F, 0xFD, 0, 0], "zstd"), ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "7z"),
      (Array("PAR1".utf8) + [0], "Parquet"), ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "Excel"),
      ([0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A], "HDF5"), (Array("<!DOCTYPE html>".utf8), "web page"),
    ] as [([UInt8], String)])
  func firstBytesTell(bytes: [UInt8], what: String) {
    #expect(FileKind(bytes)?.advice.contains(what) == true)
    #expect(FileKind(Array("x,y\n1,2\n".utf8)) == nil && FileKind([]) == nil)
  }

  // MARK: Arrays

  @Test(
    arguments: [
      ("b1", [0, 1]), ("i1", [-128, 127]), ("u2", [0, 65535]), ("i2", [-32768, 32767]), ("u4", [0, 4_294_967_295]),
      ("u8", [0, 0x1p63]), ("f2", [0x1p-24, -65504, 0.0999755859375]),
    ] as [(String, [Double])])
  func everyTypeInBothOrders(name: String, values: [Double]) throws {
    for file in ["\(name).npy", "\(name)-bigendian.npy"] {
      #expect(try NumericArray(npy: Fixture.bytes(file)).doubles == values, "\(file)")
      // No prefix is one, and no changed byte ends the program.
      let bytes = try Fixture.bytes(file)
      for size in bytes.indices {
        #expect(Fixture.error(ArrayFileError.self) { try NumericArray(npy: Array(bytes[..<size])) } != nil)
      }
      for position in bytes.indices {
        var changed = bytes
        changed[position] ^= 0xFF
        if let array = try? NumericArray(npy: changed) { #expect(array.doubles.count == array.count) }
      }
    }
    #expect(try NumericArray(npy: Fixture.bytes("bigendian.npy")).doubles == Fixture.values(3, type: "f8"))
  }

  @Test func arraysAreTables() throws {
    let path = Fixture.path("formats/views.npz")
    let audio = try DataFile(path).table(array: "audio")
    #expect(audio.columns == ["audio[0]", "audio[1]"] && audio.rowCount == 4)
    #expect(try audio.doubles(in: "audio[1]") == [-2, 1, 4, 7])
    let label = try DataFile(path).table(array: "label")
    #expect(try label.columns == ["label"] && label.numbers(in: "label") == [-7, -4, -1, 2])
    // Fortran order; and all arrays of rows and columns at once.
    let all = try DataFile(path).table()
    #expect(all.columns == ["audio[0]", "audio[1]", "label", "text[0]", "text[1]", "text[2]"])
    #expect(try all.columns(of: ColumnList("text,label")) == ["text[0]", "text[1]", "text[2]", "label"])
    #expect(try all.doubles(in: "text[1]") == [-2, 2.5, 7, 11.5])
    for (array, part) in [("cube", "rows × columns"), ("nothing", "no entry \"nothing\"")] {
      let error = Fixture.error(DataFileError.self) { try DataFile(path).table(array: array) }
      #expect(error?.description.contains(part) == true, "\(error as Any)")
    }
    let flat = try DataFile(Fixture.path("formats/version2.npy")).table()
    #expect(try flat.columns == ["version2"] && flat.doubles(in: "version2") == Fixture.values(5, type: "f8"))
  }

  @Test func numbersThatAreMissingInArrays() throws {
    let array = NumericArray(shape: [4], elements: .float64([1, .nan, .infinity, 2.5]))
    let table = try DataTable(array, name: "a")
    let (kept, dropped) = try table.droppingMissing(in: ["a"])
    #expect(dropped == 1 && kept.rowCount == 3)
    let missing = Fixture.error(DataTableError.self) { try table.doubles(in: "a") }
    #expect(missing?.isMissingNumber == true && missing?.description.contains("row 2, column \"a\"") == true)
    let infinite = Fixture.error(DataTableError.self) { try kept.doubles(in: "a") }
    #expect(infinite?.isMissingNumber == false && infinite?.description.contains("row 3, column \"a\"") == true)
  }

  // MARK: Bounds

  @Test func whatIsCompressedIsBounded() throws {
    let packed = try Fixture.bytes("images-idx3-ubyte.gz")
    #expect(throws: GzipError.tooLarge(limit: 27)) { try DataFile.$mostBytes.withValue(27) { try gunzip(packed) } }
    #expect(GzipError.tooLarge(limit: 1 << 30).description.contains("1 GiB"))
    #expect(GzipError.tooLarge(limit: 1 << 30).description.contains("--expand-limit"))
    let error = Fixture.error(ZipError.self) {
      try DataFile.$mostBytes.withValue(100) { try NPZ(Fixture.bytes("deflated.npz")).array("b") }
    }
    guard case .tooLarge(["b.npy"], size: 448, limit: 100) = error else {
      Issue.record("\(error as Any)")
      return
    }
    // Every array alone would do, all of them do not.
    #expect(throws: DataFileError.self) {
      try DataFile.$mostBytes.withValue(400) { try DataFile(Fixture.path("formats/views.npz")).table() }
    }
  }

  /// A table keeps where its lines begin, which counts too.
  @Test func linesCount() throws {
    let path = Fixture.path("data/mfeat/labels.csv.gz")
    let size = try DataFile(path).bytes().count
    let error = Fixture.error(DataFileError.self) {
      try DataFile.$mostBytes.withValue(size + 8 * 2000) { try DataFile(path).bytes() }
    }
    #expect(error?.description.contains("--expand-limit") == true)
    #expect(try DataFile.$mostBytes.withValue(size + 8 * 2001) { try DataFile(path).bytes() }.count == size)
  }

  /// A header or a directory that promises what no deflated bytes can become is refused before room is made for it.
  @Test func promisesAreChecked() throws {
    var bytes = try Fixture.bytes("deflated.npz")
    let directory = try #require(bytes.indices.first { bytes[$0...].starts(with: [0x50, 0x4B, 1, 2]) })
    bytes.replaceSubrange((directory + 24)..<(directory + 28), with: [0, 0, 0, 0x20])
    guard case .corruptEntry("a.npy", _, let reason)? = Fixture.error(ZipError.self, { try NPZ(bytes).array("a") })
    else {
      Issue.record("a promise of 512 MiB in a few bytes was believed")
      return
    }
    #expect(reason.contains("cannot become"))
    #expect(try NPZ(Fixture.bytes("mosei.npz")).shape(of: "audio") == [3, 4, 1])
  }

  @Test func pipesAreRead() throws {
    let pipe = Pipe()
    pipe.fileHandleForWriting.write(Data("x,y\n1,2\n".utf8))
    try pipe.fileHandleForWriting.close()
    let path = "/dev/fd/\(pipe.fileHandleForReading.fileDescriptor)"
    #expect(try DataFile(path).table().columns == ["x", "y"])
    // What has no end is stopped.
    let error = Fixture.error(DataFileError.self) { try fileBytes("/dev/zero", limit: 1 << 20) }
    #expect(error?.description.contains("1 MiB") == true)
    for (path, part) in [("/no/such", "no such file"), ("/tmp", "is a directory")] {
      let error = Fixture.error(DataFileError.self) { try fileBytes(path) }
      #expect(error?.description.contains(part) == true && error?.reason == nil)
    }
  }

  // MARK: TCGA

  @Test func otherLayoutsOfBarcodes() throws {
    for name in ["firehose.tsv", "quoted.tsv"] {
      let table = try DataFile(Fixture.path("formats/" + name)).tcgaTable()
      #expect(table.patients == ["TCGA-OR-A5J1", "TCGA-OR-A5J2"] && table.features == ["TP53|7157"])
      #expect(table.values == [1.5, -0.5])
    }
    let text = "g\tTCGA-OR-A5J1\tTCGA-OR-A5J2\nTP53\t1\t-1\n"
    #expect(throws: TCGAError.notACount(line: 2, column: 3, "-1")) {
      try TCGATable(bytes: Array(text.utf8), areCounts: true)
    }
    #expect(try TCGATable(bytes: Array(text.utf8)).values == [1, -1])
    // Words that differ are no second header.
    #expect(throws: TCGAError.notANumber(line: 2, column: 2, "raw")) {
      try TCGATable(bytes: Array("g\tTCGA-OR-A5J1\tTCGA-OR-A5J2\ngene\traw\tscaled\nTP53\t1\t-1\n".utf8))
    }
    // Of write.table: no name above the names of the rows.
    let r = "\"TCGA.OR.A5J1.01\" \"TCGA.OR.A5J2.01\"\n\"TP53\" 1 2\n\"EGFR\" 3 4\n"
    #expect(try TCGATable(bytes: Array(r.utf8)).values == [1, 3, 2, 4])
  }
}
