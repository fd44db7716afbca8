const SKIP = new Set(["password", "file", "csrfmiddlewaretoken"]);

const kept = (form) => Array.from(form.elements).filter(
  (field) => field.name && !SKIP.has(field.type) && !SKIP.has(field.name) && !field.closest("[data-ty-sign]"),
);

/** What stands in a form as name, value and tick; no passwords, files or signatures. */
export const typedIn = (form) => kept(form).map((field) => [
  field.name, field.value, field.type === "checkbox" || field.type === "radio" ? field.checked : null,
]);

function put(field, value, checked) {
  if (checked === null) {
    field.value = value;
    field.tomselect?.setValue(value, true);
  } else if (field.value === value) field.checked = checked;
}

/** Put values back where fields of their names stand; return what found no place. */
export function typeInto(form, values) {
  return values.filter(([name, value, checked]) => {
    const fields = kept(form).filter((one) => one.name === name && (checked === null || one.value === value));
    fields.forEach((field) => put(field, value, checked));
    return !fields.length;
  });
}
