/** A structure that TypeScript and the kernels share: where each field lies. */
export interface Layout {
  readonly bytes: number;
  readonly fields: Readonly<
    Record<string, { readonly offset: number; readonly kind: "i32" | "u32" | "f32" | "f64" }>
  >;
}

/** A value for every field. */
export type FieldsOf<L extends Layout> = { readonly [Field in keyof L["fields"]]: number };

/** Writes a structure. @param view Of all memory. @param address In bytes. */
export function writeStructure<L extends Layout>(
  view: DataView,
  address: number,
  layout: L,
  values: FieldsOf<L>,
): void {
  for (const [name, { offset, kind }] of Object.entries(layout.fields)) {
    const value = values[name as keyof L["fields"]];
    switch (kind) {
      case "i32":
        view.setInt32(address + offset, value, true);
        break;
      case "u32":
        view.setUint32(address + offset, value, true);
        break;
      case "f32":
        view.setFloat32(address + offset, value, true);
        break;
      case "f64":
        view.setFloat64(address + offset, value, true);
        break;
      default:
        kind satisfies never;
    }
  }
}

/** Reads a structure. */
export function readStructure<L extends Layout>(view: DataView, address: number, layout: L): FieldsOf<L> {
  const values: Record<string, number> = {};
  for (const [name, { offset, kind }] of Object.entries(layout.fields)) {
    values[name] = {
      i32: () => view.getInt32(address + offset, true),
      u32: () => view.getUint32(address + offset, true),
      f32: () => view.getFloat32(address + offset, true),
      f64: () => view.getFloat64(address + offset, true),
    }[kind]();
  }
  return values as FieldsOf<L>;
}
