import module from 'undici/lib/web/fetch/formdata.js';

export const { FormData, setFormDataState } = module;
export type FormData = InstanceType<typeof module.FormData>;
