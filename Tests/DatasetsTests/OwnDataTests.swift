// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import DataTables
import Testing

@testable import Datasets

/// Views and classes from a user's own files.
@Suite struct OwnDataTests {
  private static func withFiles<Result>(_ files: [String: String], _ body: (String) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("cch-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in files { try Data(text.utf8).write(to: folder.appendingPathComponent(name)) }
    return try body(folder.path + "/")
  }

  private static func own(_ folder: String, _ views: [String], _ labels: String, key: String? = nil) throws -> OwnData {
    try OwnData(
      views: views.enumerated().map { (name: "v\($0)", source: DataSource(folder + $1)) },
      labels: DataSource(folder + labels), key: key)
  }

  private static func npy(_ type: String, _ shape: String, _ bytes: [UInt8]) -> [UInt8] {
    let header = Array("{'descr': '\(type)', 'fortran_order': False, 'shape': (\(shape)), }".utf8)
    return NumericArray.npyMagic + [1, 0, UInt8(header.count), 0] + header + bytes
  }

  @Test func filesOfAllKinds() throws {
    try Self.withFiles([
      "a.csv": "x,y\n1,2\n3,4\n5,6\n7,8\n", "b.tsv": "x\tn, kg\n1\t-1\n2\t0.5\n3\t\"7\"\n4\t9\n",
      "l.csv": "id,kind\n1,cat\n2,dog\n3,cat\n4,dog\n",
    ]) { folder in
      let own = try Self.own(folder, ["a.csv", "b.tsv", "b.tsv:x"], "l.csv:kind")
      #expect(
        own.dataset.modalities.map(\.values) == [
          [1, 2, 3, 4, 5, 6, 7, 8], [1, -1, 2, 0.5, 3, 7, 4, 9], [1, 2, 3, 4],
        ])
      #expect(own.dataset.modalities[1].features == ["x", "n, kg"])
      #expect(own.dataset.labels.classes == ["cat", "dog"] && own.dataset.labels.indices == [0, 1, 0, 1])
      #expect(own.notes.isEmpty)
      #expect(throws: DataFileError.self) { try Self.own(folder, ["a.csv"], "l.csv") }
      #expect(throws: DataFileError.self) { try Self.own(folder, ["a.csv:z"], "l.csv:kind") }
    }
    let formats = Fixture.path("formats/")
    let (stored, keys) = try DataSource(formats + "stored.npz:a").view("v")
    #expect(stored.rowCount == 2 && stored.features.count == 3 && keys == nil)
    let several = Fixture.error(DataFileError.self) { try DataSource(formats + "mosei.npz").view("v") }
    #expect(several?.reason as? DataSourceError == .severalArrays(["text", "vision", "audio", "labels"]))
    let entry = Fixture.error(DataFileError.self) { try DataSource(formats + "f8.npy:a").view("v") }
    #expect(entry?.reason as? DataSourceError == .oneArray("a"))
    let key = Fixture.error(DataFileError.self) { try DataSource(formats + "f8.npy").view("v", key: "id") }
    #expect(key?.reason as? DataSourceError == .noKeys)
  }

  /// Distinct texts are distinct classes, and likely mistakes are told.
  @Test func labelsAreNeverMerged() throws {
    let rows = (0..<12).map { "\($0)" }.joined(separator: "\n")
    try Self.withFiles([
      "a.csv": "x\n\(rows)\n", "l.csv": "k\n" + (0..<3).map { _ in "1\n1.0\nCat\ncat\n" }.joined(),
      "na.csv": "k\n" + (0..<6).map { _ in "NA\nyes\n" }.joined(), "blank.csv": "k\nyes\nno\n \nyes\n",
      "few.csv": "k\nyes\nno\n", "measured.csv": "x\n\(rows)\n",
    ]) { folder in
      let own = try Self.own(folder, ["a.csv"], "l.csv")
      #expect(own.dataset.labels.classes == ["1", "1.0", "Cat", "cat"] && own.dataset.labels.counts == [3, 3, 3, 3])
      #expect(own.notes.count == 2 && own.notes[0].contains("\"1\" and \"1.0\"") && own.notes[1].contains("\"Cat\""))
      #expect(try Self.own(folder, ["a.csv"], "na.csv").notes[0].contains("6 rows have the label \"NA\""))
      let blank = Fixture.error(DataFileError.self) { try Self.own(folder, ["a.csv"], "blank.csv") }
      #expect(blank?.description.contains("blank.csv: line 4, column \"k\": empty") == true)
      let few = Fixture.error(DatasetError.self) { try Self.own(folder, ["a.csv"], "few.csv") }
      #expect(few?.description.contains("a.csv has 12 rows") == true && few?.description.contains("few.csv 2") == true)
      let measured = Fixture.error(DataFileError.self) { try Self.own(folder, ["a.csv"], "measured.csv") }
      #expect(measured?.reason as? DatasetError == .tooManyClasses(12, rows: 12))
    }
  }

  @Test func keysJoinFiles() throws {
    try Self.withFiles([
      "a.csv": "id,x\np,1\nq,2\nr,3\ns,4\nt,5\n", "l.csv": "kind,id\nno,t\nyes,s\nno,r\nyes,q\n",
    ]) { folder in
      let own = try Self.own(folder, ["a.csv", "a.csv:x"], "l.csv", key: "id")
      // In the order of the labels.
      #expect(own.dataset.modalities.map(\.values) == [[5, 4, 3, 2], [5, 4, 3, 2]])
      #expect(own.dataset.labels.indices == [0, 1, 0, 1] && own.notes.count == 1)
    }
  }

  /// Texts as NumPy saves them: UTF-32 and bytes.
  @Test func namesFromNumPy() throws {
    func utf32(_ text: String, _ length: Int) -> [UInt8] {
      let codes = text.unicodeScalars.map(\.value)
      return (codes + Array(repeating: 0, count: length - codes.count)).flatMap { code in
        (0..<4).map { UInt8(code >> (8 * UInt32($0)) & 0xFF) }
      }
    }
    let wide = Self.npy("<U3", "2,", utf32("dög", 3) + utf32("ox", 3))
    #expect(try NumericArray.texts(npy: wide) == ["dög", "ox"])
    #expect(try NumericArray.texts(npy: Self.npy("|S2", "2,", Array("ab".utf8) + [99, 0])) == ["ab", "c"])
    #expect(try NumericArray.texts(npy: Self.npy("<f8", "1,", [UInt8](repeating: 0, count: 8))) == nil)
    let table = try DataTable(npy: wide, name: "a \"b\"")
    #expect(table.columns == ["a \"b\""] && table.rowCount == 2)
    #expect(try table.classes(in: "a \"b\"") == ["dög", "ox"])
    #expect(throws: ArrayFileError.self) { try NumericArray.texts(npy: wide.dropLast() + []) }
    #expect(throws: ArrayFileError.self) { try NumericArray.texts(npy: Self.npy("<U1", "1,", [255, 255, 255, 255])) }
  }

  /// Offsets that Doubles cannot hold beside the digits are subtracted exactly, from text and from 64-bit integers.
  @Test func offsetsCostNoDigits() throws {
    let offset = "10000000000000000"
    let table = try DataTable(csv: "a,b,c\n\(offset).25,1e-305,7\n\(offset).75,3e-305,7\n\(offset).125,2e-305,7\n")
    let view = try Modality("v", of: table)
    #expect(view.column(0) == [0, 0.5, -0.125] && view.column(2) == [7, 7, 7])
    let small = view.column(1)
    #expect(small[0] == 0 && small[2] > 1e-290 && abs(small[1] / small[2] - 2) < 1e-15)
    let near = Int64.max - 5
    let bytes = [near, near + 3, near + 5].flatMap { value in
      (0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    #expect(try Modality("t", of: NumericArray(npy: Self.npy("<i8", "3,", bytes))).values == [0, 3, 5])
    // What was lost before is told.
    let lost = try Modality("v", features: ["a", "b", "c"], values: [1e16, 1, 5, 1e16 + 4, 2, 5])
    #expect(lost.coarseFeatures == ["a"] && lost.notes.count == 2 && lost.notes[0].contains("\"c\" is constant"))
  }
}
